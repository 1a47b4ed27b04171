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

package io.github.socketioboot.cluster.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;

/**
 * The number by which the kernel knows a socket, whichever process holds a descriptor of
 * it. Linux only.
 *
 * @since 0.1.0
 */
public final class SocketCookie {

	private static final int SOL_SOCKET = 1;

	private static final int SO_COOKIE = 57;

	private static final RawUnixChannelOption OPTION = new RawUnixChannelOption("SO_COOKIE", SOL_SOCKET, SO_COOKIE,
			Long.BYTES);

	private SocketCookie() {
	}

	/**
	 * Return the cookie of a socket. Thread-safe.
	 * @param channel the socket
	 * @return its cookie
	 * @throws io.netty.channel.ChannelException if the socket is closed
	 */
	public static long of(EpollSocketChannel channel) {
		ByteBuffer cookie = channel.config().getOption(OPTION);
		return cookie.order(ByteOrder.nativeOrder()).getLong(0);
	}

}
