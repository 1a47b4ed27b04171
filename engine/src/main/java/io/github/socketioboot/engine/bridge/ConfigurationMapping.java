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

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import javax.net.ssl.SSLContext;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.Transport;
import io.github.socketioboot.engine.netty.CorsConfig;
import io.github.socketioboot.engine.netty.LimitsConfig;
import io.github.socketioboot.engine.netty.ServerConfig;
import io.github.socketioboot.engine.session.SessionConfig;
import io.github.socketioboot.engine.transport.TransportName;
import org.jspecify.annotations.Nullable;

/**
 * Settings of netty-socketio's {@link Configuration} in terms of the engine, and back. A
 * value that the engine cannot honour is refused; one that has no meaning for it is
 * passed over (see {@code docs/netty-socketio.md}).
 */
final class ConfigurationMapping {

	private static final int COMPRESSION_THRESHOLD = 1024;

	private static final String ANY_ORIGIN = "*";

	private ConfigurationMapping() {
	}

	/**
	 * Map to the engine's settings.
	 * @param configuration the settings; a key store in it is read to its end
	 * @return the settings
	 * @throws IllegalArgumentException if a value cannot be honoured
	 */
	static ServerConfig toServerConfig(Configuration configuration) {
		refuseWhatCannotBeHonoured(configuration);
		ServerConfig defaults = ServerConfig.DEFAULT;
		return new ServerConfig(configuration.getHostname(), configuration.getPort(), path(configuration.getContext()),
				configuration.getWorkerThreads(), cors(configuration), null, limits(configuration),
				configuration.isHttpCompression() ? COMPRESSION_THRESHOLD : -1, configuration.isWebsocketCompression(),
				defaults.serveClient(), defaults.healthPath(), sslContext(configuration), session(configuration));
	}

	/**
	 * Describe the engine's settings, for {@code SocketIOServer.getConfiguration()}.
	 * @param config the settings
	 * @return a new configuration
	 */
	static Configuration toConfiguration(ServerConfig config) {
		Configuration configuration = new Configuration();
		SessionConfig session = config.session();
		configuration.setHostname(config.host());
		configuration.setPort(config.port());
		configuration.setContext(config.path());
		configuration.setWorkerThreads(config.loops());
		configuration.setTransports(session.transports()
			.stream()
			.map((transport) -> Transport.valueOf(transport.name()))
			.toArray(Transport[]::new));
		configuration.setPingInterval(Math.toIntExact(session.pingInterval().toMillis()));
		configuration.setPingTimeout(Math.toIntExact(session.pingTimeout().toMillis()));
		configuration.setUpgradeTimeout(Math.toIntExact(session.upgradeTimeout().toMillis()));
		configuration.setFirstDataTimeout(Math.toIntExact(config.limits().headTimeout().toMillis()));
		configuration.setMaxHttpContentLength(session.maxPayload());
		configuration.setMaxFramePayloadLength(session.maxPayload());
		configuration.setHttpCompression(config.httpCompressionThreshold() >= 0);
		configuration.setWebsocketCompression(config.webSocketCompression());
		configuration.setRandomSession(true);
		if (config.cors().allowedOrigins().size() == 1) {
			configuration.setOrigin(config.cors().allowedOrigins().get(0));
		}
		return configuration;
	}

	private static void refuseWhatCannotBeHonoured(Configuration configuration) {
		range("port", configuration.getPort(), 0, 65535, "0 for any free port");
		range("pingInterval", configuration.getPingInterval(), 1, Integer.MAX_VALUE, "in ms");
		range("pingTimeout", configuration.getPingTimeout(), 1, Integer.MAX_VALUE,
				"in ms; heartbeats cannot be switched off");
		range("upgradeTimeout", configuration.getUpgradeTimeout(), 1, Integer.MAX_VALUE, "in ms");
		range("firstDataTimeout", configuration.getFirstDataTimeout(), 1, Integer.MAX_VALUE, "in ms");
		range("maxHttpContentLength", configuration.getMaxHttpContentLength(), 1, Integer.MAX_VALUE, "in bytes");
		range("maxFramePayloadLength", configuration.getMaxFramePayloadLength(), 1, Integer.MAX_VALUE, "in bytes");
		if (configuration.isAllowCustomRequests()) {
			throw refused("allowCustomRequests", true, "false; the port serves Socket.IO only");
		}
		if (configuration.isNeedClientAuth()) {
			throw refused("needClientAuth", true, "false; let a proxy ask for client certificates");
		}
		SocketConfig socket = configuration.getSocketConfig();
		SocketConfig defaults = new SocketConfig();
		unchanged("tcpNoDelay", socket.isTcpNoDelay(), defaults.isTcpNoDelay());
		unchanged("tcpKeepAlive", socket.isTcpKeepAlive(), defaults.isTcpKeepAlive());
		unchanged("tcpSendBufferSize", socket.getTcpSendBufferSize(), defaults.getTcpSendBufferSize());
		unchanged("tcpReceiveBufferSize", socket.getTcpReceiveBufferSize(), defaults.getTcpReceiveBufferSize());
		unchanged("soLinger", socket.getSoLinger(), defaults.getSoLinger());
		unchanged("acceptBackLog", socket.getAcceptBackLog(), defaults.getAcceptBackLog());
		unchanged("writeBufferWaterMarkLow", socket.getWriteBufferWaterMarkLow(),
				defaults.getWriteBufferWaterMarkLow());
		unchanged("writeBufferWaterMarkHigh", socket.getWriteBufferWaterMarkHigh(),
				defaults.getWriteBufferWaterMarkHigh());
	}

	private static void range(String name, int value, int min, int max, String remark) {
		if (value < min || value > max) {
			throw refused(name, value, ((max == Integer.MAX_VALUE) ? ">= " + min : min + " to " + max) + ", " + remark);
		}
	}

	private static void unchanged(String name, Object value, Object expected) {
		if (!value.equals(expected)) {
			throw refused("socketConfig." + name, value, expected + "; this option of the socket cannot be changed");
		}
	}

	private static IllegalArgumentException refused(String name, Object value, String expected) {
		return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
	}

	private static String path(String context) {
		String path = context;
		while (path.endsWith("/")) {
			path = path.substring(0, path.length() - 1);
		}
		if (!path.startsWith("/")) {
			throw refused("context", context, "a path that starts with a slash, such as /socket.io");
		}
		return path;
	}

	private static CorsConfig cors(Configuration configuration) {
		String origin = configuration.getOrigin();
		if (!configuration.isEnableCors() || origin == null) {
			return CorsConfig.SAME_ORIGIN;
		}
		return new CorsConfig(List.of(origin), List.of(), List.of(), headers(configuration.getAllowHeaders()),
				List.of(), !origin.equals(ANY_ORIGIN), null);
	}

	private static List<String> headers(@Nullable String headers) {
		if (headers == null) {
			return List.of();
		}
		return Arrays.stream(headers.split(",")).map(String::trim).filter((name) -> !name.isEmpty()).toList();
	}

	private static LimitsConfig limits(Configuration configuration) {
		LimitsConfig defaults = LimitsConfig.DEFAULT;
		int headerSize = Math.max(configuration.getHttpRequestDecoderConfiguration().getMaxInitialLineLength(),
				configuration.getHttpRequestDecoderConfiguration().getMaxHeaderSize());
		return new LimitsConfig(defaults.maxConnections(), defaults.maxConnectionsPerAddress(),
				defaults.handshakesPerSecond(), headerSize, Duration.ofMillis(configuration.getFirstDataTimeout()),
				defaults.bodyTimeout(), defaults.idleTimeout());
	}

	private static @Nullable SSLContext sslContext(Configuration configuration) {
		return (configuration.getKeyStore() != null) ? KeyStoreTls.context(configuration) : null;
	}

	private static SessionConfig session(Configuration configuration) {
		Set<TransportName> transports = EnumSet.noneOf(TransportName.class);
		configuration.getTransports().forEach((transport) -> transports.add(TransportName.valueOf(transport.name())));
		int maxPayload = Math.max(configuration.getMaxHttpContentLength(), configuration.getMaxFramePayloadLength());
		return new SessionConfig(transports, transports.size() > 1, true,
				Duration.ofMillis(configuration.getPingInterval()), Duration.ofMillis(configuration.getPingTimeout()),
				Duration.ofMillis(configuration.getUpgradeTimeout()), maxPayload,
				SessionConfig.DEFAULT.maxOutboundBuffer());
	}

}
