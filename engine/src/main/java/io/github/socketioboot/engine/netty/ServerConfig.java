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

package io.github.socketioboot.engine.netty;

import javax.net.ssl.SSLContext;

import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.session.SessionConfig;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the HTTP front of a server. Immutable.
 *
 * @param host address to bind, or {@code null} for all interfaces
 * @param port port to bind, 0 for any free one
 * @param path path of the server without trailing slash, such as {@code /socket.io}
 * @param loops number of event loops, 0 for one per processor
 * @param cors which pages of other origins may connect
 * @param cookie cookie of the handshake, or {@code null} for none
 * @param limits bounds
 * @param httpCompressionThreshold answers to polls from this size on, in bytes, are
 * compressed if the client accepts it; -1 for never
 * @param webSocketCompression whether permessage-deflate is offered
 * @param serveClient whether the browser client is served
 * @param healthPath path that balancers ask for the server's state, empty for none
 * @param sslContext TLS context, or {@code null} for plain text
 * @param session settings of sessions
 * @param forwarding what is believed of what proxies say about clients
 * @since 0.1.0
 */
public record ServerConfig(@Nullable String host, int port, String path, int loops, CorsConfig cors,
		@Nullable CookieConfig cookie, LimitsConfig limits, int httpCompressionThreshold, boolean webSocketCompression,
		boolean serveClient, String healthPath, @Nullable SSLContext sslContext, SessionConfig session,
		ForwardingConfig forwarding) {

	/**
	 * Port 9092 on all interfaces, defaults of the reference server elsewhere.
	 */
	public static final ServerConfig DEFAULT = new ServerConfig(null, 9092, "/socket.io", 0, CorsConfig.SAME_ORIGIN,
			null, LimitsConfig.DEFAULT, 1024, false, true, "/health", null, SessionConfig.DEFAULT);

	/**
	 * Create settings of a server that believes no proxy.
	 * @param host address to bind, or {@code null} for all interfaces
	 * @param port port to bind, 0 for any free one
	 * @param path path of the server without trailing slash, such as {@code /socket.io}
	 * @param loops number of event loops, 0 for one per processor
	 * @param cors which pages of other origins may connect
	 * @param cookie cookie of the handshake, or {@code null} for none
	 * @param limits bounds
	 * @param httpCompressionThreshold answers to polls from this size on, in bytes, are
	 * compressed if the client accepts it; -1 for never
	 * @param webSocketCompression whether permessage-deflate is offered
	 * @param serveClient whether the browser client is served
	 * @param healthPath path that balancers ask for the server's state, empty for none
	 * @param sslContext context of TLS, or {@code null} for plain text
	 * @param session settings of sessions
	 */
	public ServerConfig(@Nullable String host, int port, String path, int loops, CorsConfig cors,
			@Nullable CookieConfig cookie, LimitsConfig limits, int httpCompressionThreshold,
			boolean webSocketCompression, boolean serveClient, String healthPath, @Nullable SSLContext sslContext,
			SessionConfig session) {
		this(host, port, path, loops, cors, cookie, limits, httpCompressionThreshold, webSocketCompression, serveClient,
				healthPath, sslContext, session, ForwardingConfig.NONE);
	}

}
