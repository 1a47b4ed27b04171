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

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Names that no event may bear, as clients and servers use them for events of their own.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class ReservedEvents {

	private static final Set<String> NAMES = Set.of("connect", "connect_error", "disconnect", "disconnecting",
			"newListener", "removeListener");

	private static final Set<String> NAMES_AMONG_SERVERS = Set.of("connect", "connection", "new_namespace");

	private ReservedEvents() {
	}

	/**
	 * Return whether a name is one that clients use.
	 * @param name the first element of a payload, whatever it is
	 * @return {@code true} if it is
	 */
	public static boolean contains(@Nullable Object name) {
		return name instanceof String && NAMES.contains(name);
	}

	/**
	 * Return whether a name is one that servers must not send each other.
	 * @param name the first element of a payload, whatever it is
	 * @return {@code true} if it is
	 */
	public static boolean containsAmongServers(@Nullable Object name) {
		return name instanceof String && NAMES_AMONG_SERVERS.contains(name);
	}

}
