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

package io.github.socketioboot.cluster.redis;

import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.protocol.PacketLimits;

/**
 * What a message of another member may hold. More than any sensible one does: Redis is
 * trusted as far as who may write to it is.
 */
final class Bounds {

	/**
	 * Largest message, in bytes.
	 */
	static final int MAX_MESSAGE = 64 << 20;

	/**
	 * Size from which on an answer leaves data of sockets out, in characters: rather
	 * without it than too large to be read.
	 */
	static final int MAX_DATA = 20 << 20;

	/**
	 * Most values in a message, names of fields included.
	 */
	static final int MAX_VALUES = 5_000_000;

	/**
	 * Deepest nesting of a message. Clients may send what is nested to
	 * {@link PacketLimits#MAX_DEPTH}, and it travels inside of other things; servers may
	 * send more.
	 */
	static final int MAX_DEPTH = 5 * PacketLimits.MAX_DEPTH;

	/**
	 * Longest id of a member or a request, in characters.
	 */
	static final int MAX_ID = 128;

	/**
	 * Largest marker, in bytes. It has two ids and a number.
	 */
	static final int MAX_MARKER = 1024;

	private Bounds() {
	}

	/**
	 * Refuse what is no message by its size.
	 * @param bytes what has come
	 * @throws MalformedMessageException if it is empty or too large
	 */
	static void check(byte[] bytes) throws MalformedMessageException {
		if (bytes.length == 0 || bytes.length > MAX_MESSAGE) {
			throw new MalformedMessageException("illegal size");
		}
	}

}
