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

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whom an emitter's messages are for, and how they are sent, in the order in which the
 * application has said so. Immutable.
 *
 * @param rooms rooms that receive, all sockets without any
 * @param except rooms that do not
 * @param flags flags by name
 */
record EmitterTarget(Set<String> rooms, Set<String> except, Map<String, Boolean> flags) {

	/**
	 * Everybody.
	 */
	static final EmitterTarget ALL = new EmitterTarget(Set.of(), Set.of(), Map.of());

	EmitterTarget to(String... rooms) {
		return new EmitterTarget(union(this.rooms, rooms), this.except, this.flags);
	}

	EmitterTarget except(String... rooms) {
		return new EmitterTarget(this.rooms, union(this.except, rooms), this.flags);
	}

	EmitterTarget with(String flag, boolean value) {
		Map<String, Boolean> flags = new LinkedHashMap<>(this.flags);
		flags.put(flag, value);
		return new EmitterTarget(this.rooms, this.except, Collections.unmodifiableMap(flags));
	}

	private static Set<String> union(Set<String> first, String... second) {
		Set<String> union = new LinkedHashSet<>(first);
		union.addAll(Arrays.asList(second));
		return Collections.unmodifiableSet(union);
	}

}
