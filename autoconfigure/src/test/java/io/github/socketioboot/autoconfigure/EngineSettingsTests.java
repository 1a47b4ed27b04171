/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.socketioboot.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.github.socketioboot.engine.namespace.NamespaceConfig;
import io.github.socketioboot.engine.netty.CookieConfig;
import io.github.socketioboot.engine.netty.CorsConfig;
import io.github.socketioboot.engine.netty.ServerConfig;
import io.github.socketioboot.engine.netty.forwarded.ForwardedHeaders;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.github.socketioboot.engine.transport.TransportName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class EngineSettingsTests {

	@Test
	void defaultsAreThoseOfTheEngineExceptForMethodsThatItImplies() {
		EngineSettings settings = map(Map.of());
		ServerConfig server = settings.server();
		assertThat(server.cors().allowedMethods()).containsExactly("GET", "POST");
		ServerConfig sameOrigin = new ServerConfig(server.host(), server.port(), server.path(), server.loops(),
				CorsConfig.SAME_ORIGIN, server.cookie(), server.limits(), server.httpCompressionThreshold(),
				server.webSocketCompression(), server.serveClient(), server.healthPath(), server.sslContext(),
				server.session());
		assertThat(sameOrigin).isEqualTo(ServerConfig.DEFAULT);
		assertThat(settings.namespace()).isEqualTo(NamespaceConfig.DEFAULT);
		assertThat(settings.namespaces()).containsExactly("/");
		assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(20));
		assertThat(settings.drainSpread()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void valuesReachTheEngine() {
		EngineSettings settings = map(Map.ofEntries(Map.entry("host", "127.0.0.1"), Map.entry("port", "0"),
				Map.entry("path", "/live/"), Map.entry("transports", "websocket"), Map.entry("ping-interval", "2s"),
				Map.entry("ping-timeout", "1s"), Map.entry("upgrade-timeout", "3s"), Map.entry("connect-timeout", "4s"),
				Map.entry("max-payload", "1KB"), Map.entry("max-attachments", "3"), Map.entry("allow-eio3", "true"),
				Map.entry("compression.http", "false"), Map.entry("compression.websocket", "true"),
				Map.entry("namespaces", "chat,/admin"), Map.entry("health-path", ""),
				Map.entry("serve-client", "false"), Map.entry("limits.max-connections", "5"),
				Map.entry("limits.max-connections-per-address", "4"), Map.entry("limits.handshakes-per-second", "3"),
				Map.entry("limits.events-per-second", "2"), Map.entry("limits.max-outbound-buffer", "1MB"),
				Map.entry("limits.max-namespaces-per-connection", "7"), Map.entry("limits.max-rooms-per-socket", "8"),
				Map.entry("drain.timeout", "9s"), Map.entry("drain.spread", "1s")));
		ServerConfig server = settings.server();
		assertThat(server.host()).isEqualTo("127.0.0.1");
		assertThat(server.port()).isZero();
		assertThat(server.path()).isEqualTo("/live");
		assertThat(server.httpCompressionThreshold()).isEqualTo(-1);
		assertThat(server.webSocketCompression()).isTrue();
		assertThat(server.serveClient()).isFalse();
		assertThat(server.healthPath()).isEmpty();
		assertThat(server.limits().maxConnections()).isEqualTo(5);
		assertThat(server.limits().maxConnectionsPerAddress()).isEqualTo(4);
		assertThat(server.limits().handshakesPerSecond()).isEqualTo(3);
		assertThat(server.session().transports()).containsExactly(TransportName.WEBSOCKET);
		assertThat(server.session().allowUpgrades()).isFalse();
		assertThat(server.session().allowEio3()).isTrue();
		assertThat(server.session().pingInterval()).isEqualTo(Duration.ofSeconds(2));
		assertThat(server.session().pingTimeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(server.session().upgradeTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(server.session().maxPayload()).isEqualTo(1024);
		assertThat(server.session().maxOutboundBuffer()).isEqualTo(1024 * 1024);
		assertThat(settings.namespace()).isEqualTo(new NamespaceConfig(Duration.ofSeconds(4), 3, 7, 8, 2));
		assertThat(settings.namespaces()).isEqualTo(Set.of("/chat", "/admin"));
		assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(9));
		assertThat(settings.drainSpread()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void corsReachesTheEngine() {
		CorsConfig cors = map(Map.of("cors.allowed-origins", "https://a.example,http://localhost:8080",
				"cors.allowed-origin-patterns", "https://*.example.org", "cors.allowed-methods", "GET",
				"cors.allowed-headers", "X-One", "cors.exposed-headers", "X-Two", "cors.allow-credentials", "true",
				"cors.max-age", "1h"))
			.server()
			.cors();
		assertThat(cors.allowedOrigins()).containsExactly("https://a.example", "http://localhost:8080");
		assertThat(cors.allowedOriginPatterns()).containsExactly("https://*.example.org");
		assertThat(cors.allowedMethods()).containsExactly("GET");
		assertThat(cors.allowedHeaders()).containsExactly("X-One");
		assertThat(cors.exposedHeaders()).containsExactly("X-Two");
		assertThat(cors.allowCredentials()).isTrue();
		assertThat(cors.maxAge()).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void anyOriginMayConnectWithoutCredentials() {
		assertThat(map(Map.of("cors.allowed-origins", "*")).server().cors().allowedOrigins()).containsExactly("*");
	}

	@Test
	void whatIsBelievedOfProxiesReachesTheEngine() throws UnknownHostException {
		ServerConfig server = map(Map.of("trusted-proxies", "10.0.0.0/8,fd00::1", "forwarded-headers", "forwarded",
				"proxy-protocol", "optional", "keep-alive-timeout", "620s"))
			.server();
		ForwardingConfig forwarding = server.forwarding();
		assertThat(forwarding.headers()).isEqualTo(ForwardedHeaders.FORWARDED);
		assertThat(forwarding.protocol()).isEqualTo(ProxyProtocol.OPTIONAL);
		assertThat(forwarding.trusted().contains(InetAddress.getByName("10.1.2.3"))).isTrue();
		assertThat(forwarding.trusted().contains(InetAddress.getByName("11.1.2.3"))).isFalse();
		assertThat(server.limits().idleTimeout()).isEqualTo(Duration.ofSeconds(620));
	}

	@Test
	void cookieReachesTheEngine() {
		assertThat(map(Map.of("cookie.name", "io")).server().cookie())
			.isEqualTo(new CookieConfig("io", "/", null, true, "Lax", false, false, null));
		assertThat(map(Map.of("cookie.name", "io", "cookie.path", "/x", "cookie.http-only", "false", "cookie.same-site",
				"none", "cookie.secure", "true", "cookie.partitioned", "true", "cookie.max-age", "400d"))
			.server()
			.cookie()).isEqualTo(new CookieConfig("io", "/x", null, false, "None", true, true, Duration.ofDays(400)));
	}

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource(delimiter = '|', textBlock = """
			port                                 | 65536
			port                                 | -1
			path                                 | socket.io
			path                                 | /
			path                                 | /socket.io?x
			path                                 | //socket.io
			health-path                          | health
			health-path                          | /socket.io/health
			health-path                          | /socket.io
			transports                           | ''
			ping-interval                        | 0s
			ping-interval                        | -1s
			ping-interval                        | 30d
			ping-timeout                         | 0s
			upgrade-timeout                      | 0s
			connect-timeout                      | 0s
			max-payload                          | 0B
			max-payload                          | 2GB
			max-attachments                      | -1
			namespaces                           | '/a b?c'
			namespaces                           | '/a?b'
			keep-alive-timeout                   | 0s
			balancer.read-timeout                | 0s
			trusted-proxies                      | 10.0.0.0/33
			trusted-proxies                      | example.org
			trusted-proxies                      | fd00::/x
			forwarded-headers                    | x-forwarded
			proxy-protocol                       | required
			limits.max-connections               | -1
			limits.max-connections-per-address   | -1
			limits.handshakes-per-second         | -1
			limits.events-per-second             | -1
			limits.max-outbound-buffer           | 0B
			limits.max-namespaces-per-connection | 0
			limits.max-rooms-per-socket          | 0
			drain.timeout                        | -1s
			drain.spread                         | -1s
			drain.spread                         | 21s
			cors.allowed-origins                 | example.org
			cors.allowed-origins                 | https://example.org/
			cors.allowed-origins                 | https://*.example.org/path
			cors.allowed-methods                 | 'G ET'
			cors.allowed-headers                 | 'X:Y'
			cors.exposed-headers                 | 'X Y'
			cors.max-age                         | -1s
			ssl.bundle                           | none
			""")
	void badValueIsNamedWithItsPropertyAndRemedy(String property, String value) {
		InvalidPropertyException failure = catchThrowableOfType(InvalidPropertyException.class,
				() -> map(Map.of(property, value)));
		assertThat(failure).isNotNull();
		FailureAnalysis analysis = new InvalidPropertyFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("'socketio." + property + "'");
		assertThat(analysis.getAction()).isNotBlank().endsWith(".");
	}

	@Test
	void badValueIsToldAsItWasSet() {
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> map(Map.of("ping-interval", "30d")))
			.satisfies((failure) -> assertThat(failure.getValue()).isEqualTo("2592000s"));
	}

	@Test
	void credentialsForAnyOriginNameBothProperties() {
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> map(Map.of("cors.allowed-origins", "*", "cors.allow-credentials", "true")))
			.satisfies((failure) -> {
				assertThat(failure.getProperty()).isEqualTo("socketio.cors.allowed-origins");
				assertThat(failure.getReason()).contains("'socketio.cors.allow-credentials'");
				assertThat(failure.getRemedy()).contains("'socketio.cors.allowed-origin-patterns'");
			});
	}

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource({ "cookie.name, a b", "cookie.path, x", "cookie.path, /;x", "cookie.same-site, none",
			"cookie.partitioned, true", "cookie.max-age, -1s" })
	void badCookieIsNamed(String property, String value) {
		Map<String, String> properties = property.equals("cookie.name") ? Map.of("cookie.name", value)
				: Map.of("cookie.name", "io", property, value);
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> map(properties))
			.satisfies((failure) -> assertThat(failure.getProperty()).isEqualTo("socketio." + property));
	}

	private static EngineSettings map(Map<String, String> values) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		values.forEach((name, value) -> source.put("socketio." + name, value));
		SocketIoProperties properties = new Binder(source).bindOrCreate("socketio",
				Bindable.of(SocketIoProperties.class));
		return EngineSettings.of(properties, new DefaultSslBundleRegistry());
	}

}
