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

package io.github.socketioboot.engine.adapter;

import java.util.Set;

/**
 * Whom a broadcast or a request is for. Immutable.
 *
 * @param rooms union of rooms; empty means every socket of the namespace. The id of a
 * socket is a room with that socket alone
 * @param except sockets in any of these rooms are left out
 * @param local whether other nodes are left out
 * @param onlyIfWritable whether receivers may drop it when their transport is not ready
 * ({@code volatile})
 * @param timeoutMillis how long to wait for answers, in milliseconds; 0 means the
 * operation's default
 * @since 0.1.0
 */
public record BroadcastOptions(Set<String> rooms, Set<String> except, boolean local, boolean onlyIfWritable,
		long timeoutMillis) {

	/**
	 * Everybody, on all nodes.
	 */
	public static final BroadcastOptions ALL = new BroadcastOptions(Set.of(), Set.of(), false, false, 0);

	/**
	 * Create options.
	 */
	public BroadcastOptions {
		rooms = Set.copyOf(rooms);
		except = Set.copyOf(except);
	}

}
