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

package io.github.socketioboot.engine.bridge;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.Transport;
import io.github.socketioboot.engine.netty.CorsConfig;
import io.github.socketioboot.engine.netty.ServerConfig;
import io.github.socketioboot.engine.transport.TransportName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ConfigurationMapping}.
 */
class ConfigurationMappingTests {

	@Test
	void valuesAreMapped() {
		ServerConfig config = map((configuration) -> {
			configuration.setHostname("localhost");
			configuration.setPort(1234);
			configuration.setContext("/ws/");
			configuration.setWorkerThreads(3);
			configuration.setTransports(Transport.WEBSOCKET);
			configuration.setPingInterval(1000);
			configuration.setPingTimeout(2000);
			configuration.setUpgradeTimeout(3000);
			configuration.setFirstDataTimeout(4000);
			configuration.setMaxHttpContentLength(5000);
			configuration.setMaxFramePayloadLength(6000);
			configuration.setHttpCompression(false);
			configuration.setWebsocketCompression(false);
			configuration.getHttpRequestDecoderConfiguration().setMaxHeaderSize(7000);
		});

		assertThat(config.host()).isEqualTo("localhost");
		assertThat(config.port()).isEqualTo(1234);
		assertThat(config.path()).isEqualTo("/ws");
		assertThat(config.loops()).isEqualTo(3);
		assertThat(config.httpCompressionThreshold()).isEqualTo(-1);
		assertThat(config.webSocketCompression()).isFalse();
		assertThat(config.limits().headTimeout()).isEqualTo(Duration.ofSeconds(4));
		assertThat(config.limits().maxHeaderSize()).isEqualTo(7000);
		assertThat(config.sslContext()).isNull();
		assertThat(config.session().transports()).isEqualTo(Set.of(TransportName.WEBSOCKET));
		assertThat(config.session().allowUpgrades()).isFalse();
		assertThat(config.session().allowEio3()).isTrue();
		assertThat(config.session().pingInterval()).isEqualTo(Duration.ofSeconds(1));
		assertThat(config.session().pingTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(config.session().upgradeTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(config.session().maxPayload()).isEqualTo(6000);
	}

	@Test
	void withoutAnOriginOnlySameOriginPagesMayConnect() {
		assertThat(map((configuration) -> {
		}).cors()).isEqualTo(CorsConfig.SAME_ORIGIN);
		assertThat(map((configuration) -> {
			configuration.setOrigin("http://a.example");
			configuration.setEnableCors(false);
		}).cors()).isEqualTo(CorsConfig.SAME_ORIGIN);
	}

	@Test
	void originMayConnectWithCredentials() {
		CorsConfig cors = map((configuration) -> {
			configuration.setOrigin("http://a.example");
			configuration.setAllowHeaders("X-A, X-B");
		}).cors();

		assertThat(cors.allowedOrigins()).containsExactly("http://a.example");
		assertThat(cors.allowedHeaders()).containsExactly("X-A", "X-B");
		assertThat(cors.allowCredentials()).isTrue();
	}

	@Test
	void anyOriginMayConnectWithoutCredentials() {
		CorsConfig cors = map((configuration) -> configuration.setOrigin("*")).cors();

		assertThat(cors.allowedOrigins()).containsExactly("*");
		assertThat(cors.allowCredentials()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("valuesThatCannotBeHonoured")
	void valueThatCannotBeHonouredIsRefused(Consumer<Configuration> setting, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> map(setting)).withMessageStartingWith(message);
	}

	static List<Object[]> valuesThatCannotBeHonoured() {
		return List.of(refused((configuration) -> configuration.setPort(-1), "port: -1 (expected: 0 to 65535"),
				refused((configuration) -> configuration.setPort(65536), "port: 65536"),
				refused((configuration) -> configuration.setPingTimeout(0), "pingTimeout: 0 (expected: >= 1"),
				refused((configuration) -> configuration.setPingInterval(-1), "pingInterval: -1"),
				refused((configuration) -> configuration.setUpgradeTimeout(0), "upgradeTimeout: 0"),
				refused((configuration) -> configuration.setFirstDataTimeout(0), "firstDataTimeout: 0"),
				refused((configuration) -> configuration.setMaxHttpContentLength(0), "maxHttpContentLength: 0"),
				refused((configuration) -> configuration.setMaxFramePayloadLength(0), "maxFramePayloadLength: 0"),
				refused((configuration) -> configuration.setAllowCustomRequests(true), "allowCustomRequests: true"),
				refused((configuration) -> configuration.setNeedClientAuth(true), "needClientAuth: true"),
				refused((configuration) -> configuration.setContext("ws"), "context: ws (expected: a path"),
				refused((configuration) -> configuration.getSocketConfig().setTcpNoDelay(false),
						"socketConfig.tcpNoDelay: false (expected: true"),
				refused((configuration) -> configuration.getSocketConfig().setTcpKeepAlive(true),
						"socketConfig.tcpKeepAlive: true"),
				refused((configuration) -> configuration.getSocketConfig().setTcpSendBufferSize(1),
						"socketConfig.tcpSendBufferSize: 1"),
				refused((configuration) -> configuration.getSocketConfig().setTcpReceiveBufferSize(1),
						"socketConfig.tcpReceiveBufferSize: 1"),
				refused((configuration) -> configuration.getSocketConfig().setSoLinger(1), "socketConfig.soLinger: 1"),
				refused((configuration) -> configuration.getSocketConfig().setAcceptBackLog(1),
						"socketConfig.acceptBackLog: 1"),
				refused((configuration) -> configuration.getSocketConfig().setWriteBufferWaterMarkLow(1),
						"socketConfig.writeBufferWaterMarkLow: 1"),
				refused((configuration) -> configuration.getSocketConfig().setWriteBufferWaterMarkHigh(1),
						"socketConfig.writeBufferWaterMarkHigh: 1"),
				refused((configuration) -> configuration.setKeyStore(new ByteArrayInputStream(new byte[] { 1 })),
						"The key store or trust store"));
	}

	@Test
	void valuesWithoutMeaningArePassedOver() {
		ServerConfig config = map((configuration) -> {
			configuration.setBossThreads(5);
			configuration.setUseLinuxNativeEpoll(true);
			configuration.setPackagePrefix("prefix");
			configuration.setPreferDirectBuffer(false);
			configuration.setAddVersionHeader(false);
			configuration.setRandomSession(true);
			configuration.getSocketConfig().setReuseAddress(true);
		});

		assertThat(config).isEqualTo(map((configuration) -> {
		}));
	}

	@Test
	void engineSettingsAreDescribed() {
		Configuration configuration = ConfigurationMapping.toConfiguration(ServerConfig.DEFAULT);

		assertThat(configuration.getPort()).isEqualTo(9092);
		assertThat(configuration.getContext()).isEqualTo("/socket.io");
		assertThat(configuration.getTransports()).containsExactlyInAnyOrder(Transport.POLLING, Transport.WEBSOCKET);
		assertThat(configuration.getPingInterval()).isEqualTo(25_000);
		assertThat(configuration.getPingTimeout()).isEqualTo(20_000);
		assertThat(configuration.getMaxFramePayloadLength()).isEqualTo(1_000_000);
		assertThat(configuration.getOrigin()).isNull();
	}

	private static Object[] refused(Consumer<Configuration> setting, String message) {
		return new Object[] { setting, message };
	}

	private static ServerConfig map(Consumer<Configuration> settings) {
		Configuration configuration = new Configuration();
		configuration.setPort(0);
		settings.accept(configuration);
		return ConfigurationMapping.toServerConfig(configuration);
	}

}
