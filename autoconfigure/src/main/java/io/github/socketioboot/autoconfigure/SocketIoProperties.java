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
import java.util.Map;
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
 * @param keepAliveTimeout How long a kept-alive HTTP connection may wait for its next
 * request.
 * @param trustedProxies Address ranges of proxies that are believed, such as 10.0.0.0/8.
 * @param forwardedHeaders In which headers trusted proxies tell the client's address,
 * scheme and host.
 * @param proxyProtocol Whether connections of trusted proxies begin with a header of the
 * PROXY protocol.
 * @param balancer what the server is told of the balancer in front
 * @param compression compression
 * @param cors pages of other origins
 * @param cookie cookie of the handshake
 * @param ssl TLS
 * @param limits bounds
 * @param security security
 * @param drain draining
 * @param mdc what log lines of handlers are marked with
 * @param cluster cluster
 * @param admin Admin UI
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
		@DefaultValue("75s") Duration keepAliveTimeout, @DefaultValue List<String> trustedProxies,
		@DefaultValue("none") Forwarded forwardedHeaders, @DefaultValue("none") ProxyProtocol proxyProtocol,
		@DefaultValue Balancer balancer, @DefaultValue Compression compression, @DefaultValue Cors cors,
		@DefaultValue Cookie cookie, @DefaultValue Ssl ssl, @DefaultValue Limits limits, @DefaultValue Security security,
		@DefaultValue Drain drain, @DefaultValue Mdc mdc, @DefaultValue Cluster cluster,
		@DefaultValue Admin admin) {
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
	 * Headers in which proxies tell of the client.
	 */
	public enum Forwarded {

		/**
		 * None is looked at.
		 */
		NONE,

		/**
		 * X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-Port.
		 */
		X_FORWARDED,

		/**
		 * Forwarded, as of RFC 7239.
		 */
		FORWARDED

	}

	/**
	 * Whether the connections of trusted proxies begin with a header of the PROXY
	 * protocol, version 1 or 2.
	 */
	public enum ProxyProtocol {

		/**
		 * They do not.
		 */
		NONE,

		/**
		 * They may.
		 */
		OPTIONAL,

		/**
		 * They always do.
		 */
		REQUIRED

	}

	/**
	 * What the server is told of the balancer in front of several servers. Immutable.
	 * Nothing of it changes how clients are served; it is looked at when the server
	 * starts.
	 *
	 * @param affinity How the balancer keeps a client on one server. Only taken note of.
	 * @param readTimeout After how long the balancer gives up a connection on which
	 * nothing comes from the server. Compared with the heartbeat.
	 */
	public record Balancer(@Nullable Affinity affinity, @DefaultValue("60s") Duration readTimeout) {

		/**
		 * How a balancer keeps a client on one server.
		 */
		public enum Affinity {

			/**
			 * By the client's address.
			 */
			ADDRESS,

			/**
			 * By a cookie of its own.
			 */
			COOKIE,

			/**
			 * By other means.
			 */
			OTHER

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
	 * Spring Security. Immutable. Without it on the class path nothing of it counts.
	 *
	 * @param enabled Whether Spring Security is used for clients and their handlers.
	 * @param permitAll Namespaces that clients may enter without credentials, where
	 * clients are authenticated by Spring Security; '*' for all.
	 * @param tokenName Name of the bearer token in what clients send as auth.
	 * @param sessionCookie Name of the cookie with the id of the web application's
	 * session, by which clients are authenticated. Needs Spring Session. Off if not set.
	 */
	public record Security(@DefaultValue("true") boolean enabled, @DefaultValue List<String> permitAll,
			@DefaultValue("token") String tokenName, @Nullable String sessionCookie) {
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
	 * What log lines of handlers are marked with. Immutable.
	 *
	 * @param enabled Whether the MDC tells the socket's id, its namespace and the
	 * worker's index while handlers run.
	 * @param includeUser Whether the MDC also tells the name of the client's principal.
	 */
	public record Mdc(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean includeUser) {
	}

	/**
	 * Several processes. Immutable.
	 *
	 * @param instances Number of processes of this host that serve clients: a number,
	 * 'max' or 0 for the number of processors, -k for k fewer than that.
	 * @param adapter What carries broadcasts to other processes.
	 * @param loadBalancing Which process gets a new session.
	 * @param routing What is kept together on one process.
	 * @param requestsTimeout How long a request to other processes waits for answers.
	 * @param heartbeatInterval How often a silent process is asked whether it lives.
	 * @param heartbeatTimeout After how long a process that does not answer is taken for
	 * dead.
	 * @param local processes of this host
	 * @param redis cluster over Redis
	 */
	public record Cluster(@DefaultValue("1") String instances, @DefaultValue("auto") Adapter adapter,
			@DefaultValue("least-connection") LoadBalancing loadBalancing, @DefaultValue("session") Routing routing,
			@DefaultValue("5s") Duration requestsTimeout, @DefaultValue("5s") Duration heartbeatInterval,
			@DefaultValue("10s") Duration heartbeatTimeout, @DefaultValue Local local, @DefaultValue Redis redis) {

		/**
		 * What carries broadcasts to other processes.
		 */
		public enum Adapter {

			/**
			 * Links between the processes of this host if there are several, else
			 * nothing.
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

		/**
		 * Which process gets a new session.
		 */
		public enum LoadBalancing {

			/**
			 * The one with the fewest sessions.
			 */
			LEAST_CONNECTION,

			/**
			 * The next one.
			 */
			ROUND_ROBIN,

			/**
			 * Any.
			 */
			RANDOM

		}

		/**
		 * What is kept together on one process. A session always is.
		 */
		public enum Routing {

			/**
			 * Sessions, nothing more.
			 */
			SESSION,

			/**
			 * All sessions of a client address.
			 */
			ADDRESS,

			/**
			 * All sessions of the address that trusted proxies have forwarded.
			 */
			FORWARDED_FOR

		}

		/**
		 * Processes of this host. Immutable.
		 *
		 * @param handoff How connections reach the processes.
		 * @param headTimeout How long the head of a connection's first request may take.
		 * @param maxHeadSize Largest head of a connection's first request.
		 * @param workerPort First of the ports on which the processes also listen
		 * themselves, each on the port of its index. None if not set.
		 * @param listenTimeout How long a new process may take until it is ready.
		 * @param killTimeout How long a process may take to end before it is killed. The
		 * timeout of draining and 5 s if not set.
		 * @param maxMemory Resident size from which on a process is replaced. No limit if
		 * not set.
		 * @param jvmOptions JVM options of the processes, added to those of the process
		 * that was started.
		 * @param env Environment variables of the processes, added to those of the
		 * process that was started.
		 * @param shareHttpPorts Whether the ports of the web server and of the management
		 * server are shared by the processes.
		 * @param reload replacing processes
		 * @param restart starting processes again
		 */
		public record Local(@DefaultValue("auto") Handoff handoff, @DefaultValue("5s") Duration headTimeout,
				@DefaultValue("16KB") DataSize maxHeadSize, @Nullable Integer workerPort,
				@DefaultValue("60s") Duration listenTimeout, @Nullable Duration killTimeout,
				@Nullable DataSize maxMemory, @DefaultValue List<String> jvmOptions,
				@DefaultValue Map<String, String> env, @DefaultValue("true") boolean shareHttpPorts,
				@DefaultValue Reload reload, @DefaultValue Restart restart) {

			/**
			 * How connections reach the processes.
			 */
			public enum Handoff {

				/**
				 * By descriptor where that is possible, else through a proxy.
				 */
				AUTO,

				/**
				 * By descriptor.
				 */
				DESCRIPTOR,

				/**
				 * Through a proxy.
				 */
				PROXY

			}

			/**
			 * Replacing processes, one after the other. Immutable.
			 *
			 * @param parallel How many processes are replaced at a time.
			 * @param onTimeout What becomes of a reload whose new process is not ready in
			 * time.
			 */
			public record Reload(@DefaultValue("1") int parallel, @DefaultValue("abort") OnTimeout onTimeout) {

				/**
				 * What becomes of a reload whose new process is not ready in time.
				 */
				public enum OnTimeout {

					/**
					 * The old process stays and the reload ends.
					 */
					ABORT,

					/**
					 * The old process is ended and another is started.
					 */
					RESTART

				}

			}

			/**
			 * Starting processes again that have ended. Immutable.
			 *
			 * @param minUptime Uptime below which a process counts as unstable.
			 * @param maxUnstable Number of unstable ends in a row after which a process
			 * is given up.
			 * @param initialDelay Delay before the first restart; half as much again for
			 * each further one.
			 * @param maxDelay Longest delay before a restart.
			 */
			public record Restart(@DefaultValue("1s") Duration minUptime, @DefaultValue("16") int maxUnstable,
					@DefaultValue("100ms") Duration initialDelay, @DefaultValue("15s") Duration maxDelay) {
			}

		}

		/**
		 * Cluster over Redis, with the formats of Node's adapters. Immutable.
		 *
		 * @param protocol Which of Node's adapters the other servers use.
		 * @param key What the names of all channels begin with. The same for all servers
		 * of a cluster, and another one for each cluster.
		 * @param publishOnSpecificResponseChannel Whether responses go to the server that
		 * asks, on a channel of its own, rather than to all servers. For the classic
		 * protocol; the sharded one always does so.
		 * @param subscriptionMode Which rooms have a channel of their own, with the
		 * sharded protocol. The same for all servers of a cluster.
		 * @param failFast Whether the server does not start if Redis is not available.
		 */
		public record Redis(@DefaultValue("classic") Protocol protocol, @DefaultValue("socket.io") String key,
				@DefaultValue("false") boolean publishOnSpecificResponseChannel,
				@DefaultValue("dynamic") SubscriptionMode subscriptionMode, @DefaultValue("false") boolean failFast) {

			/**
			 * Formats of Node's adapters.
			 */
			public enum Protocol {

				/**
				 * Those of {@code createAdapter}.
				 */
				CLASSIC,

				/**
				 * Those of {@code createShardedAdapter}, which needs Redis 7.
				 */
				SHARDED

			}

			/**
			 * Which rooms have a channel of their own.
			 */
			public enum SubscriptionMode {

				/**
				 * None.
				 */
				STATIC,

				/**
				 * All but those of single sockets of Node.js.
				 */
				DYNAMIC,

				/**
				 * All.
				 */
				DYNAMIC_PRIVATE

			}

		}

	}

	/**
	 * The official Socket.IO Admin UI. Immutable.
	 *
	 * @param enabled Whether the Admin UI may connect.
	 * @param namespace Namespace to which it connects.
	 * @param auth Whether it has to log in. Everybody who reaches the server may use it
	 * otherwise.
	 * @param username Name to log in with.
	 * @param password Bcrypt hash of the password to log in with.
	 * @param readOnly Whether the Admin UI only shows. Otherwise it may also emit events,
	 * disconnect sockets, and make them join and leave rooms.
	 * @param mode How much the Admin UI is told.
	 * @param serverId Name of the server in the Admin UI. Host and process if not set.
	 * @param sessionLifetime How long a page comes back without logging in again.
	 */
	public record Admin(@DefaultValue("false") boolean enabled, @DefaultValue("/admin") String namespace,
			@DefaultValue("true") boolean auth, @Nullable String username, @Nullable String password,
			@DefaultValue("true") boolean readOnly, @DefaultValue("production") Mode mode, @Nullable String serverId,
			@DefaultValue("1d") Duration sessionLifetime) {

		/**
		 * How much the Admin UI is told.
		 */
		public enum Mode {

			/**
			 * Servers, and how much they have to do.
			 */
			PRODUCTION,

			/**
			 * Every socket, room and event as well, which costs.
			 */
			DEVELOPMENT

		}

		@Override
		public String toString() {
			return "Admin[" + this.namespace + "]";
		}

	}

}
