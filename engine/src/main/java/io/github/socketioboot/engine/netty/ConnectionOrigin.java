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

import java.net.InetSocketAddress;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection comes from, which with a proxy in between is not where its channel
 * does. Immutable.
 *
 * @param remote address of the client
 * @param local address that the client connected to
 * @param secure whether it came over TLS
 */
record ConnectionOrigin(InetSocketAddress remote, InetSocketAddress local, boolean secure) {

	/**
	 * Return where a channel comes from.
	 * @param channel the channel
	 * @param secure whether it carries TLS
	 * @return its addresses, or {@code null} if it has none or none any more
	 */
	static @Nullable ConnectionOrigin of(Channel channel, boolean secure) {
		return (channel.remoteAddress() instanceof InetSocketAddress remote
				&& channel.localAddress() instanceof InetSocketAddress local)
						? new ConnectionOrigin(remote, local, secure) : null;
	}

}
