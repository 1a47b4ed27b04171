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

import java.time.Duration;

/**
 * Bounds of a link. Immutable.
 *
 * @param maxFrame largest frame, in bytes
 * @param highWater queued bytes from which on a link is not writable
 * @param maxQueued queued bytes beyond which a link is closed
 * @param helloTimeout how long a connection may take to say who it is
 * @since 0.1.0
 */
public record LinkConfig(int maxFrame, int highWater, long maxQueued, Duration helloTimeout) {

	/**
	 * 64 MiB frames, 4 MiB high water, 256 MiB queued, 30 s: a process that has just been
	 * started on a busy machine takes its time.
	 */
	public static final LinkConfig DEFAULT = new LinkConfig(64 << 20, 4 << 20, 256L << 20, Duration.ofSeconds(30));

}
