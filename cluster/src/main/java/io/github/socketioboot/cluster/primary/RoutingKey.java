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

import java.net.InetSocketAddress;

import io.github.socketioboot.cluster.primary.PrimaryConfig.Routing;
import io.github.socketioboot.engine.netty.forwarded.ForwardedClient;
import io.github.socketioboot.engine.netty.forwarded.ForwardedHeaders;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import org.jspecify.annotations.Nullable;

/**
 * Tells what keeps the sessions of a client together, besides the sessions themselves:
 * nothing, or the address that the application sees. Immutable.
 */
final class RoutingKey {

	private final boolean addresses;

	private final @Nullable ForwardedClient forwarded;

	/**
	 * Create one.
	 * @param routing what is kept together
	 * @param forwarding what is believed of what proxies say about clients
	 */
	RoutingKey(Routing routing, ForwardingConfig forwarding) {
		this.addresses = routing != Routing.SESSION;
		this.forwarded = forwarded(routing, forwarding);
	}

	private static @Nullable ForwardedClient forwarded(Routing routing, ForwardingConfig forwarding) {
		if (routing == Routing.SESSION) {
			return null;
		}
		if (forwarding.headers() != ForwardedHeaders.NONE) {
			return new ForwardedClient(forwarding.headers(), forwarding.trusted());
		}
		return (routing == Routing.FORWARDED_FOR)
				? new ForwardedClient(ForwardedHeaders.X_FORWARDED, forwarding.trusted()) : null;
	}

	/**
	 * Return which header of a request has to be read.
	 * @return its name in lower case, or {@code null} for none
	 */
	@Nullable String header() {
		return (this.forwarded != null) ? this.forwarded.header() : null;
	}

	/**
	 * Return what keeps a request together with others.
	 * @param peer address of the connection's other end, or {@code null} if it has gone
	 * @param forwarded all values of the {@link #header()}, the nearest proxy's word
	 * last, or {@code null}
	 * @return the address of the client, or {@code null} for nothing
	 */
	@Nullable String of(@Nullable InetSocketAddress peer, @Nullable String forwarded) {
		if (!this.addresses || peer == null) {
			return null;
		}
		InetSocketAddress client = (this.forwarded != null) ? this.forwarded.address(peer, forwarded) : peer;
		return client.getAddress().getHostAddress();
	}

}
