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

import io.github.socketioboot.engine.netty.forwarded.ProxyHeader;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of the first request's head, however it is cut into pieces. Event loop
 * only.
 */
final class RequestHeadReader {

	private final int maxSize;

	private final @Nullable String header;

	private ProxyProtocol protocol;

	private @Nullable InetSocketAddress source;

	private int offset;

	private int scanned;

	private int start = -1;

	private boolean lineEmpty;

	/**
	 * Create a reader.
	 * @param maxSize largest head, in bytes, with the empty lines before it
	 * @param protocol whether a header of the PROXY protocol comes first
	 * @param header name of the request's headers that tell of addresses, in lower case,
	 * or {@code null} for none
	 */
	RequestHeadReader(int maxSize, ProxyProtocol protocol, @Nullable String header) {
		this.maxSize = maxSize;
		this.protocol = protocol;
		this.header = header;
	}

	/**
	 * Look at what has come since the last call.
	 * @param bytes all that was read of the connection
	 * @return what is known now
	 */
	Result read(ByteBuf bytes) {
		if (this.protocol != ProxyProtocol.NONE) {
			ProxyHeader header = ProxyHeader.read(bytes);
			switch (header.state()) {
				case INCOMPLETE -> {
					return Result.INCOMPLETE;
				}
				case MALFORMED -> {
					return Result.NOT_HTTP;
				}
				case ABSENT -> {
					if (this.protocol == ProxyProtocol.REQUIRED) {
						return Result.NOT_HTTP;
					}
				}
				case COMPLETE -> {
					this.offset = header.length();
					this.source = header.source();
				}
			}
			this.protocol = ProxyProtocol.NONE;
		}
		return readHead(bytes);
	}

	private Result readHead(ByteBuf bytes) {
		int base = bytes.readerIndex() + this.offset;
		int end = Math.min(bytes.readableBytes() - this.offset, this.maxSize);
		while (this.scanned < end) {
			byte current = bytes.getByte(base + this.scanned++);
			if (this.start == -1) {
				if (current == '\r' || current == '\n') {
					continue;
				}
				if (current <= ' ') {
					return Result.NOT_HTTP;
				}
				this.start = this.scanned - 1;
			}
			else if (current == '\n') {
				if (this.lineEmpty) {
					return Result.COMPLETE;
				}
				this.lineEmpty = true;
			}
			else if (current != '\r') {
				this.lineEmpty = false;
			}
		}
		return (this.scanned < this.maxSize) ? Result.INCOMPLETE : Result.TOO_LARGE;
	}

	/**
	 * Return the head that was found.
	 * @param bytes all that was read of the connection
	 * @return the head
	 */
	RequestHead head(ByteBuf bytes) {
		int base = bytes.readerIndex() + this.offset;
		return RequestHead.parse(bytes, base + this.start, base + this.scanned, this.header);
	}

	/**
	 * Return what the header of the PROXY protocol says.
	 * @return address of the client, or {@code null} if nothing is said of it
	 */
	@Nullable InetSocketAddress source() {
		return this.source;
	}

	/**
	 * What is known of a head.
	 */
	enum Result {

		/**
		 * Its end has not come yet.
		 */
		INCOMPLETE,

		/**
		 * It is all there.
		 */
		COMPLETE,

		/**
		 * Its end is not within the limit.
		 */
		TOO_LARGE,

		/**
		 * What came does not start like a request, but for example like TLS, or not with
		 * the header that must come first.
		 */
		NOT_HTTP

	}

}
