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

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.socketioboot.engine.transport.TransportName;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the Socket.IO server. Immutable. Values are checked when they become the
 * engine's settings; a bad one stops the start and is named.
 *
 * @param enabled Whether the Socket.IO server is configured and started.
 * @param host Address to listen on. All interfaces if not set.
 * @param port Port to listen on. 0 takes any free one.
 * @param path Path of the server.
 * @param transports Transports that clients may use.
 * @param pingInterval Time between two heartbeats.
 * @param pingTimeout How long to wait for the answer to a heartbeat.
 * @param upgradeTimeout How long an upgrade to another transport may take.
 * @param connectTimeout How long a client may take to connect to a first namespace.
 * @param maxPayload Largest message and largest request body, announced to clients as
 * maxPayload.
 * @param maxAttachments Most binary attachments of one packet.
 * @param allowEio3 Whether clients of Socket.IO 2.x (Engine.IO 3) are served.
 * @param namespaces Namespaces created at the start, besides those of annotated handlers.
 * @param healthPath Path on the Socket.IO port that tells balancers whether the server is
 * ready: 200 or 503. Off if empty.
 * @param serveClient Whether the browser client is served below the path.
 * @param compression compression
 * @param cors pages of other origins
 * @param cookie cookie of the handshake
 * @param ssl TLS
 * @param limits bounds
 * @param drain draining
 * @param cluster cluster
 * @since 0.1.0
 */
@ConfigurationProperties("socketio")
// @formatter:off: it has no form for arrays in annotations of components
public record SocketIoProperties(@DefaultValue("true") boolean enabled, @Nullable String host,
		@DefaultValue("9092") int port, @DefaultValue("/socket.io") String path,
		@DefaultValue({ "polling", "websocket" }) Set<Transport> transports,
		@DefaultValue("25s") Duration pingInterval, @DefaultValue("20s") Duration pingTimeout,
		@DefaultValue("10s") Duration upgradeTimeout, @DefaultValue("45s") Duration connectTimeout,
		@DefaultValue("1000000B") DataSize maxPayload, @DefaultValue("10") int maxAttachments,
		@DefaultValue("false") boolean allowEio3, @DefaultValue("/") Set<String> namespaces,
		@DefaultValue("/health") String healthPath, @DefaultValue("true") boolean serveClient,
		@DefaultValue Compression compression, @DefaultValue Cors cors, @DefaultValue Cookie cookie,
		@DefaultValue Ssl ssl, @DefaultValue Limits limits, @DefaultValue Drain drain,
		@DefaultValue Cluster cluster) {
	// @formatter:on

	/**
	 * What can carry packets.
	 */
	public enum Transport {

		/**
		 * HTTP long polling.
		 */
		POLLING(TransportName.POLLING),

		/**
		 * WebSocket.
		 */
		WEBSOCKET(TransportName.WEBSOCKET);

		private final TransportName transportName;

		Transport(TransportName transportName) {
			this.transportName = transportName;
		}

		TransportName transportName() {
			return this.transportName;
		}

	}

	/**
	 * Compression of what clients receive. Immutable.
	 *
	 * @param websocket Whether permessage-deflate is offered to WebSocket clients.
	 * @param http Whether answers to polls above 1 KB are compressed for clients that
	 * accept it.
	 */
	public record Compression(@DefaultValue("false") boolean websocket, @DefaultValue("true") boolean http) {
	}

	/**
	 * Pages of other origins. Immutable. Without origins and patterns only pages of the
	 * server's own origin may connect, whatever the transport.
	 *
	 * @param allowedOrigins Origins whose pages may connect, such as https://example.org,
	 * or '*' for all.
	 * @param allowedOriginPatterns Patterns of origins whose pages may connect, such as
	 * https://*.example.org. Usable with credentials.
	 * @param allowedMethods Methods that preflight answers name.
	 * @param allowedHeaders Headers that preflight answers name. Those that were asked
	 * for if not set.
	 * @param exposedHeaders Headers of answers that pages may read.
	 * @param allowCredentials Whether browsers may send cookies and other credentials.
	 * @param maxAge How long browsers may keep a preflight answer. Nothing is said to
	 * them if 0.
	 */
	// @formatter:off
	public record Cors(@DefaultValue List<String> allowedOrigins, @DefaultValue List<String> allowedOriginPatterns,
			@DefaultValue({ "GET", "POST" }) List<String> allowedMethods, @DefaultValue List<String> allowedHeaders,
			@DefaultValue List<String> exposedHeaders, @DefaultValue("false") boolean allowCredentials,
			@DefaultValue("0s") Duration maxAge) {
		// @formatter:on
	}

	/**
	 * Cookie of the handshake, for balancers that keep a client on one server. Immutable.
	 *
	 * @param name Name of the cookie. No cookie is set if there is none.
	 * @param path Path of the cookie.
	 * @param httpOnly Whether scripts are kept from the cookie.
	 * @param sameSite Whether the cookie goes along with requests from other sites.
	 * @param secure Whether the cookie is sent over TLS only.
	 * @param partitioned Whether the cookie is kept per top-level site.
	 * @param maxAge How long the cookie is kept. The browser's session if not set.
	 */
	public record Cookie(@Nullable String name, @DefaultValue("/") String path, @DefaultValue("true") boolean httpOnly,
			@DefaultValue("lax") SameSite sameSite, @DefaultValue("false") boolean secure,
			@DefaultValue("false") boolean partitioned, @Nullable Duration maxAge) {

		/**
		 * Whether a cookie goes along with requests from other sites.
		 */
		public enum SameSite {

			/**
			 * With all requests. Needs a secure cookie.
			 */
			NONE("None"),

			/**
			 * With navigation from other sites.
			 */
			LAX("Lax"),

			/**
			 * With requests from the same site only.
			 */
			STRICT("Strict");

			private final String attribute;

			SameSite(String attribute) {
				this.attribute = attribute;
			}

			String attribute() {
				return this.attribute;
			}

		}

	}

	/**
	 * TLS. Immutable.
	 *
	 * @param bundle Name of the SSL bundle to serve with. Plain text if not set.
	 */
	public record Ssl(@Nullable String bundle) {
	}

	/**
	 * Bounds. Immutable. 0 is no limit where it is the default.
	 *
	 * @param maxConnections Most TCP connections at a time. No limit if 0.
	 * @param maxConnectionsPerAddress Most TCP connections from one address at a time. No
	 * limit if 0.
	 * @param handshakesPerSecond Most handshakes per second. No limit if 0.
	 * @param eventsPerSecond Most events per second from one client. No limit if 0.
	 * @param maxOutboundBuffer Most data waiting to be sent to one client. A client that
	 * reads more slowly is closed.
	 * @param maxNamespacesPerConnection Most namespaces of one connection.
	 * @param maxRoomsPerSocket Most rooms of one socket.
	 */
	public record Limits(@DefaultValue("0") int maxConnections, @DefaultValue("0") int maxConnectionsPerAddress,
			@DefaultValue("0") int handshakesPerSecond, @DefaultValue("0") int eventsPerSecond,
			@DefaultValue("16MB") DataSize maxOutboundBuffer, @DefaultValue("64") int maxNamespacesPerConnection,
			@DefaultValue("1000") int maxRoomsPerSocket) {
	}

	/**
	 * Draining: what happens to clients when the server stops. Immutable.
	 *
	 * @param timeout How long a stop may take.
	 * @param spread Over how long the closings of sessions are spread.
	 */
	public record Drain(@DefaultValue("20s") Duration timeout, @DefaultValue("3s") Duration spread) {
	}

	/**
	 * Several processes. Immutable.
	 *
	 * @param instances Number of processes of this host that serve clients.
	 * @param adapter What carries broadcasts to other processes.
	 */
	public record Cluster(@DefaultValue("1") String instances, @DefaultValue("auto") Adapter adapter) {

		/**
		 * What carries broadcasts to other processes.
		 */
		public enum Adapter {

			/**
			 * What the number of instances asks for.
			 */
			AUTO,

			/**
			 * Nothing: there is one process.
			 */
			NONE,

			/**
			 * Links between the processes of this host.
			 */
			LOCAL,

			/**
			 * Redis.
			 */
			REDIS

		}

	}

}
