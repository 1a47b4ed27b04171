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

package io.github.socketioboot.engine.netty.forwarded;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * What is believed of what proxies say about clients. Immutable.
 *
 * @param trusted who is believed
 * @param headers in which headers of requests they tell of the client
 * @param protocol whether their connections begin with a header of the PROXY protocol
 * @since 0.1.0
 */
public record ForwardingConfig(TrustedProxies trusted, ForwardedHeaders headers, ProxyProtocol protocol) {

	/**
	 * Nobody is believed.
	 */
	public static final ForwardingConfig NONE = new ForwardingConfig(TrustedProxies.NONE, ForwardedHeaders.NONE,
			ProxyProtocol.NONE);

	/**
	 * Return what a connection begins with.
	 * @param peer address of its other end
	 * @return whether a header of the PROXY protocol is to be expected
	 */
	public ProxyProtocol protocol(SocketAddress peer) {
		return (this.protocol != ProxyProtocol.NONE && isTrusted(peer)) ? this.protocol : ProxyProtocol.NONE;
	}

	/**
	 * Return whether the headers of requests are to be believed.
	 * @param peer address of the connection's other end, or what the PROXY protocol says
	 * it to be
	 * @return {@code true} if it is a trusted proxy that tells of clients in headers
	 */
	public boolean believesHeaders(SocketAddress peer) {
		return this.headers != ForwardedHeaders.NONE && isTrusted(peer);
	}

	private boolean isTrusted(SocketAddress peer) {
		return peer instanceof InetSocketAddress address && this.trusted.contains(address.getAddress());
	}

}
