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

package io.github.socketioboot.engine.protocol;

import tools.jackson.databind.json.JsonMapper;

/**
 * What a decoder needs and allows, shared by all connections. Immutable.
 *
 * @param mapper mapper whose parsers read the payloads
 * @param maxAttachments most attachments of a packet, at least 0
 * @param maxDepth deepest nesting of arrays and objects in a payload, at least 1
 * @since 0.1.0
 */
public record PacketLimits(JsonMapper mapper, int maxAttachments, int maxDepth) {

	/**
	 * Most attachments of a packet by default, as current clients have it.
	 */
	public static final int DEFAULT_MAX_ATTACHMENTS = 10;

	/**
	 * Deepest nesting of arrays and objects in a payload of a client.
	 */
	public static final int MAX_DEPTH = 100;

	/**
	 * Longest name of a namespace, query included, in bytes.
	 */
	public static final int MAX_NAMESPACE_LENGTH = 1024;

	/**
	 * Create limits.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public PacketLimits {
		if (maxAttachments < 0) {
			throw new IllegalArgumentException("maxAttachments: " + maxAttachments + " (expected: >= 0)");
		}
		if (maxDepth < 1) {
			throw new IllegalArgumentException("maxDepth: " + maxDepth + " (expected: >= 1)");
		}
	}

	/**
	 * Create limits for packets of clients.
	 * @param mapper mapper whose parsers read the payloads
	 * @param maxAttachments most attachments of a packet, at least 0
	 * @throws IllegalArgumentException if {@code maxAttachments} is negative
	 */
	public PacketLimits(JsonMapper mapper, int maxAttachments) {
		this(mapper, maxAttachments, MAX_DEPTH);
	}

}
