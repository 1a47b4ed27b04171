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

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

import io.github.socketioboot.autoconfigure.SocketIoProperties.Cookie.SameSite;
import io.github.socketioboot.engine.namespace.NamespaceConfig;
import io.github.socketioboot.engine.netty.CookieConfig;
import io.github.socketioboot.engine.netty.CorsConfig;
import io.github.socketioboot.engine.netty.LimitsConfig;
import io.github.socketioboot.engine.netty.ServerConfig;
import io.github.socketioboot.engine.netty.forwarded.ForwardedHeaders;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.github.socketioboot.engine.netty.forwarded.TrustedProxies;
import io.github.socketioboot.engine.session.SessionConfig;
import io.github.socketioboot.engine.transport.TransportName;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/**
 * The properties as the engine's settings: the only reader of the values, which it checks
 * as a whole. Immutable.
 *
 * @param server settings of the HTTP front and of sessions
 * @param namespace settings of namespaces
 * @param namespaces names of the namespaces to create, each with its slash
 * @param drainTimeout how long a stop may take
 * @param drainSpread over how long closings are spread
 * @since 0.1.0
 */
public record EngineSettings(ServerConfig server, NamespaceConfig namespace, Set<String> namespaces,
		Duration drainTimeout, Duration drainSpread) {

	/**
	 * Answers to polls below this size gain nothing from compression, in bytes.
	 */
	private static final int COMPRESSION_THRESHOLD = 1024;

	private static final String TRUSTED_PROXIES = "socketio.trusted-proxies";

	private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+");

	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

	private static final Pattern COOKIE_PATH = Pattern.compile("/[\\x21-\\x3A\\x3C-\\x7E]*");

	/**
	 * Check the properties and map them.
	 * @param properties the properties
	 * @param sslBundles the SSL bundles, or {@code null} if there are none
	 * @return the settings
	 * @throws InvalidPropertyException if a value cannot be worked with
	 */
	public static EngineSettings of(SocketIoProperties properties, @Nullable SslBundles sslBundles) {
		SessionConfig session = session(properties);
		PropertyChecks.positive("socketio.balancer.read-timeout", properties.balancer().readTimeout());
		return new EngineSettings(server(properties, session, sslBundles), namespace(properties),
				namespaces(properties.namespaces()),
				PropertyChecks.notNegative("socketio.drain.timeout", properties.drain().timeout()),
				drainSpread(properties.drain()));
	}

	private static SessionConfig session(SocketIoProperties properties) {
		EnumSet<TransportName> transports = EnumSet.noneOf(TransportName.class);
		for (SocketIoProperties.Transport transport : properties.transports()) {
			transports.add(transport.transportName());
		}
		if (transports.isEmpty()) {
			throw new InvalidPropertyException("socketio.transports", "", "names no transport",
					"Set 'socketio.transports' to polling, websocket or both.");
		}
		boolean allowUpgrades = transports.size() > 1;
		return new SessionConfig(transports, allowUpgrades, properties.allowEio3(),
				PropertyChecks.positive("socketio.ping-interval", properties.pingInterval()),
				PropertyChecks.positive("socketio.ping-timeout", properties.pingTimeout()),
				PropertyChecks.positive("socketio.upgrade-timeout", properties.upgradeTimeout()),
				(int) PropertyChecks.size("socketio.max-payload", properties.maxPayload(), Integer.MAX_VALUE),
				PropertyChecks.size("socketio.limits.max-outbound-buffer", properties.limits().maxOutboundBuffer(),
						Long.MAX_VALUE));
	}

	private static ServerConfig server(SocketIoProperties properties, SessionConfig session,
			@Nullable SslBundles sslBundles) {
		String path = path(properties.path());
		SocketIoProperties.Limits limits = properties.limits();
		LimitsConfig limitsConfig = new LimitsConfig(
				PropertyChecks.atLeast("socketio.limits.max-connections", limits.maxConnections(), 0),
				PropertyChecks.atLeast("socketio.limits.max-connections-per-address", limits.maxConnectionsPerAddress(),
						0),
				PropertyChecks.atLeast("socketio.limits.handshakes-per-second", limits.handshakesPerSecond(), 0),
				LimitsConfig.DEFAULT.maxHeaderSize(), LimitsConfig.DEFAULT.headTimeout(),
				LimitsConfig.DEFAULT.bodyTimeout(),
				PropertyChecks.positive("socketio.keep-alive-timeout", properties.keepAliveTimeout()));
		return new ServerConfig(emptyToNull(properties.host()),
				PropertyChecks.between("socketio.port", properties.port(), 0, 65535), path,
				ServerConfig.DEFAULT.loops(), cors(properties.cors()), cookie(properties.cookie()), limitsConfig,
				properties.compression().http() ? COMPRESSION_THRESHOLD : -1, properties.compression().websocket(),
				properties.serveClient(), healthPath(properties.healthPath(), path),
				sslContext(properties.ssl().bundle(), sslBundles), session, forwarding(properties));
	}

	private static ForwardingConfig forwarding(SocketIoProperties properties) {
		for (String range : properties.trustedProxies()) {
			if (!TrustedProxies.isRange(range)) {
				throw new InvalidPropertyException(TRUSTED_PROXIES, range, "is no range of addresses",
						"Set '%s' to addresses or ranges such as 10.0.0.0/8 or fd00::/8.".formatted(TRUSTED_PROXIES));
			}
		}
		SocketIoProperties.Forwarded headers = properties.forwardedHeaders();
		if (headers != SocketIoProperties.Forwarded.NONE) {
			requireTrusted("socketio.forwarded-headers", headers, properties.trustedProxies());
		}
		SocketIoProperties.ProxyProtocol protocol = properties.proxyProtocol();
		if (protocol != SocketIoProperties.ProxyProtocol.NONE) {
			requireTrusted("socketio.proxy-protocol", protocol, properties.trustedProxies());
		}
		return new ForwardingConfig(TrustedProxies.of(properties.trustedProxies()),
				ForwardedHeaders.valueOf(headers.name()), ProxyProtocol.valueOf(protocol.name()));
	}

	private static void requireTrusted(String property, Enum<?> value, List<String> ranges) {
		if (ranges.isEmpty()) {
			throw new InvalidPropertyException(property, value.name().toLowerCase(Locale.ROOT).replace('_', '-'),
					"has no effect, as '%s' is empty".formatted(TRUSTED_PROXIES),
					"Set '%s' to the addresses of the proxies, or '%s' to none.".formatted(TRUSTED_PROXIES, property));
		}
	}

	private static NamespaceConfig namespace(SocketIoProperties properties) {
		SocketIoProperties.Limits limits = properties.limits();
		return new NamespaceConfig(PropertyChecks.positive("socketio.connect-timeout", properties.connectTimeout()),
				PropertyChecks.atLeast("socketio.max-attachments", properties.maxAttachments(), 0),
				PropertyChecks.atLeast("socketio.limits.max-namespaces-per-connection",
						limits.maxNamespacesPerConnection(), 1),
				PropertyChecks.atLeast("socketio.limits.max-rooms-per-socket", limits.maxRoomsPerSocket(), 1),
				PropertyChecks.atLeast("socketio.limits.events-per-second", limits.eventsPerSecond(), 0));
	}

	private static Set<String> namespaces(Set<String> names) {
		Set<String> namespaces = new TreeSet<>();
		for (String name : names) {
			namespaces.add(NamespaceNames.require("socketio.namespaces", name));
		}
		return Set.copyOf(namespaces);
	}

	private static Duration drainSpread(SocketIoProperties.Drain drain) {
		Duration spread = PropertyChecks.notNegative("socketio.drain.spread", drain.spread());
		if (spread.compareTo(drain.timeout()) > 0) {
			throw new InvalidPropertyException("socketio.drain.spread", spread.toMillis() + "ms",
					"is longer than 'socketio.drain.timeout', which is " + drain.timeout().toMillis() + "ms",
					"Set 'socketio.drain.spread' to at most 'socketio.drain.timeout'.");
		}
		return spread;
	}

	private static String path(String path) {
		String stripped = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		if (!PATH.matcher(stripped).matches()) {
			throw new InvalidPropertyException("socketio.path", path, "is no path",
					"Set 'socketio.path' to a path with a leading slash, without query, such as /socket.io.");
		}
		return stripped;
	}

	private static String healthPath(String healthPath, String path) {
		if (healthPath.isEmpty()) {
			return healthPath;
		}
		if (!PATH.matcher(healthPath).matches()) {
			throw new InvalidPropertyException("socketio.health-path", healthPath, "is no path",
					"Set 'socketio.health-path' to a path with a leading slash, such as /health, or to nothing.");
		}
		if ((healthPath + "/").startsWith(path + "/")) {
			throw new InvalidPropertyException("socketio.health-path", healthPath,
					"lies below 'socketio.path', which is " + path,
					"Set 'socketio.health-path' to a path outside of 'socketio.path'.");
		}
		return healthPath;
	}

	private static CorsConfig cors(SocketIoProperties.Cors cors) {
		for (String origin : cors.allowedOrigins()) {
			requireOrigin(origin);
			if (origin.equals("*") && cors.allowCredentials()) {
				throw new InvalidPropertyException("socketio.cors.allowed-origins", origin,
						"would give every site the user's credentials, as 'socketio.cors.allow-credentials' is true",
						"Name the origins in 'socketio.cors.allowed-origins', use "
								+ "'socketio.cors.allowed-origin-patterns', or set "
								+ "'socketio.cors.allow-credentials' to false.");
			}
		}
		requireTokens("socketio.cors.allowed-methods", cors.allowedMethods());
		requireTokens("socketio.cors.allowed-headers", cors.allowedHeaders());
		requireTokens("socketio.cors.exposed-headers", cors.exposedHeaders());
		Duration maxAge = PropertyChecks.age("socketio.cors.max-age", cors.maxAge());
		return new CorsConfig(cors.allowedOrigins(), cors.allowedOriginPatterns(), cors.allowedMethods(),
				cors.allowedHeaders(), cors.exposedHeaders(), cors.allowCredentials(), maxAge.isZero() ? null : maxAge);
	}

	/**
	 * An origin is compared as browsers write it; one with a path, or without a scheme,
	 * would never match.
	 */
	private static void requireOrigin(String origin) {
		if (origin.equals("*") || origin.equals("null")) {
			return;
		}
		URI uri;
		try {
			uri = URI.create(origin);
		}
		catch (IllegalArgumentException ex) {
			uri = URI.create("");
		}
		boolean isOrigin = uri.getScheme() != null && uri.getRawAuthority() != null && uri.getRawUserInfo() == null
				&& uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null;
		if (!isOrigin) {
			throw new InvalidPropertyException("socketio.cors.allowed-origins", origin, "is no origin",
					"Write origins as scheme, host and port without a slash behind, such as https://example.org or "
							+ "http://localhost:8080; patterns go to 'socketio.cors.allowed-origin-patterns'.");
		}
	}

	private static void requireTokens(String property, List<String> values) {
		for (String value : values) {
			if (!TOKEN.matcher(value).matches()) {
				throw new InvalidPropertyException(property, value, "is no name that HTTP knows",
						"Set '%s' to names of letters, digits and hyphens, separated by commas.".formatted(property));
			}
		}
	}

	private static @Nullable CookieConfig cookie(SocketIoProperties.Cookie cookie) {
		String name = emptyToNull(cookie.name());
		if (name == null) {
			return null;
		}
		if (!TOKEN.matcher(name).matches()) {
			throw new InvalidPropertyException("socketio.cookie.name", name, "is no name of a cookie",
					"Set 'socketio.cookie.name' to letters, digits and hyphens, such as io.");
		}
		if (!COOKIE_PATH.matcher(cookie.path()).matches()) {
			throw new InvalidPropertyException("socketio.cookie.path", cookie.path(), "is no path of a cookie",
					"Set 'socketio.cookie.path' to a path with a leading slash, such as /.");
		}
		if (!cookie.secure() && cookie.sameSite() == SameSite.NONE) {
			throw new InvalidPropertyException("socketio.cookie.same-site", "none",
					"makes browsers drop the cookie, as 'socketio.cookie.secure' is false",
					"Set 'socketio.cookie.secure' to true, or 'socketio.cookie.same-site' to lax or strict.");
		}
		if (!cookie.secure() && cookie.partitioned()) {
			throw new InvalidPropertyException("socketio.cookie.partitioned", "true",
					"makes browsers drop the cookie, as 'socketio.cookie.secure' is false",
					"Set 'socketio.cookie.secure' to true, or 'socketio.cookie.partitioned' to false.");
		}
		Duration maxAge = cookie.maxAge();
		if (maxAge != null) {
			PropertyChecks.age("socketio.cookie.max-age", maxAge);
		}
		return new CookieConfig(name, cookie.path(), null, cookie.httpOnly(), cookie.sameSite().attribute(),
				cookie.secure(), cookie.partitioned(), maxAge);
	}

	private static @Nullable SSLContext sslContext(@Nullable String bundle, @Nullable SslBundles sslBundles) {
		if (bundle == null || bundle.isEmpty()) {
			return null;
		}
		List<String> names = (sslBundles != null) ? sslBundles.getBundleNames() : List.of();
		if (sslBundles == null || !names.contains(bundle)) {
			throw unknownBundle(bundle, names);
		}
		try {
			return BundleSslContext.of(bundle, sslBundles);
		}
		catch (NoSuchSslBundleException ex) {
			throw unknownBundle(bundle, names);
		}
		catch (IllegalStateException ex) {
			InvalidPropertyException invalid = new InvalidPropertyException("socketio.ssl.bundle", bundle,
					"names an SSL bundle that cannot be loaded: " + rootMessage(ex),
					"Check the key store, its password and alias in 'spring.ssl.bundle.*." + bundle + "'.");
			invalid.initCause(ex);
			throw invalid;
		}
	}

	private static InvalidPropertyException unknownBundle(String bundle, List<String> names) {
		return new InvalidPropertyException("socketio.ssl.bundle", bundle, "names no SSL bundle",
				names.isEmpty()
						? "Define it as 'spring.ssl.bundle.jks.%1$s.*' or 'spring.ssl.bundle.pem.%1$s.*'."
							.formatted(bundle)
						: "Set 'socketio.ssl.bundle' to one of %s, or define '%s' below 'spring.ssl.bundle'."
							.formatted(String.join(", ", names), bundle));
	}

	private static String rootMessage(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage());
	}

	private static @Nullable String emptyToNull(@Nullable String value) {
		return (value == null || value.isEmpty()) ? null : value;
	}

}
