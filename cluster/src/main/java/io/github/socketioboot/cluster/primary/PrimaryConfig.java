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

package io.github.socketioboot.cluster.primary;

import java.nio.file.Path;
import java.time.Duration;

import javax.net.ssl.SSLContext;

import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a primary. Immutable.
 *
 * @param directory folder for a private folder of sockets, such as that of temporary
 * files
 * @param socketIo the public Socket.IO port
 * @param http the public port of the application's web server, or {@code null} if it is
 * not shared
 * @param management the public port of the management server, or {@code null} if it is
 * not shared or the same as {@code http}
 * @param routing what is kept together
 * @param loadBalancing who gets what is new
 * @param forwarding what is believed of what proxies say about clients
 * @param handOff how connections reach workers
 * @param headTimeout how long the head of a connection's first request may take
 * @param maxHeadSize largest head, in bytes
 * @param idleTimeout how long a proxied connection may wait for its next request
 * @param workerTimeout how long a connection waits for a ready worker
 * @param healthPath path that balancers ask for the state, empty for none: such a request
 * does not wait
 * @param ssl TLS of the Socket.IO port, or {@code null} for plain text
 * @param link bounds of the links
 * @param heartbeatInterval how often a silent worker is asked whether it lives
 * @param heartbeatTimeout after how long a worker that does not answer is replaced
 * @param supervisor settings of the supervisor
 * @since 0.1.0
 */
public record PrimaryConfig(Path directory, PublicAddress socketIo, @Nullable HttpAddress http,
		@Nullable HttpAddress management, Routing routing, LoadBalancing loadBalancing, ForwardingConfig forwarding,
		HandOff handOff, Duration headTimeout, int maxHeadSize, Duration idleTimeout, Duration workerTimeout,
		String healthPath, @Nullable SSLContext ssl, LinkConfig link, Duration heartbeatInterval,
		Duration heartbeatTimeout, SupervisorConfig supervisor) {

	/**
	 * A public port. Immutable.
	 *
	 * @param host address to bind, or {@code null} for all interfaces
	 * @param port port to bind, 0 for any free one
	 * @param property property that asks for the port, for error messages
	 */
	public record PublicAddress(@Nullable String host, int port, String property) {

	}

	/**
	 * A public port of a web server. Immutable.
	 *
	 * @param address the port
	 * @param encrypted whether the web servers speak TLS, so that connections are passed
	 * through unread
	 * @param keepForwarded whether {@code X-Forwarded-*} headers of clients are kept, as
	 * the application wants them, and only extended
	 */
	public record HttpAddress(PublicAddress address, boolean encrypted, boolean keepForwarded) {

	}

	/**
	 * What is kept together on one worker. A session always is.
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
	 * Which worker gets a new session.
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
	 * How connections reach workers.
	 */
	public enum HandOff {

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

}
