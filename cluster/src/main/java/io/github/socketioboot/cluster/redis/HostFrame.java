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

import io.netty.buffer.ByteBuf;

/**
 * What the workers of a host tell each other about a namespace. Immutable.
 */
sealed interface HostFrame {

	/**
	 * Return the namespace.
	 * @return its name
	 */
	String namespace();

	/**
	 * Write this.
	 * @return the bytes; the message in them is shared, and the caller releases them
	 */
	default ByteBuf encode() {
		return HostFrameCodec.encode(this);
	}

	/**
	 * A message of the worker itself.
	 *
	 * @param namespace the namespace
	 * @param message the message
	 */
	record Local(String namespace, ClassicMessage message) implements HostFrame {

	}

	/**
	 * A message that has come from Redis, for those that the sender relays to.
	 *
	 * @param namespace the namespace
	 * @param message the message
	 */
	record Relayed(String namespace, ClassicMessage message) implements HostFrame {

	}

	/**
	 * How the sender reads.
	 *
	 * @param namespace the namespace
	 * @param standing how
	 */
	record Stands(String namespace, Standing standing) implements HostFrame {

	}

	/**
	 * Everything after a marker is relayed.
	 *
	 * @param namespace the namespace
	 * @param number number of the marker
	 */
	record Attached(String namespace, long number) implements HostFrame {

	}

	/**
	 * Nothing more needs to be relayed.
	 *
	 * @param namespace the namespace
	 * @param number number of the marker from which on it was
	 */
	record Detached(String namespace, long number) implements HostFrame {

	}

	/**
	 * The sender has not the namespace any more, and relays nothing.
	 *
	 * @param namespace the namespace
	 */
	record Gone(String namespace) implements HostFrame {

	}

}
