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

import org.jspecify.annotations.Nullable;

/**
 * What makes a socket the same for its client, whatever server and connection it has.
 * Immutable as far as its data is.
 *
 * @param id public id
 * @param rooms rooms, the socket's own included
 * @param data data of the application, maps, lists, scalars and bytes, or {@code null}
 * @since 0.1.0
 */
public record SocketState(String id, Set<String> rooms, @Nullable Object data) {

	/**
	 * Create a state.
	 */
	public SocketState {
		rooms = Set.copyOf(rooms);
	}

}
