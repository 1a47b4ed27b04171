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

package io.github.socketioboot.engine.namespace;

import java.time.Duration;

/**
 * Settings of what stands above sessions. Immutable. 0 means no limit for events per
 * second.
 *
 * @param connectTimeout how long a session may be without any namespace
 * @param maxAttachments most attachments of a packet
 * @param maxNamespacesPerConnection most namespaces of one session
 * @param maxRoomsPerSocket most rooms of one socket, without its own
 * @param eventsPerSecond most events per second of one session
 * @since 0.1.0
 */
public record NamespaceConfig(Duration connectTimeout, int maxAttachments, int maxNamespacesPerConnection,
		int maxRoomsPerSocket, int eventsPerSecond) {

	/**
	 * Defaults: 45 s, 10 attachments, 64 namespaces, 1000 rooms, no limit on events.
	 */
	public static final NamespaceConfig DEFAULT = new NamespaceConfig(Duration.ofSeconds(45), 10, 64, 1000, 0);

}
