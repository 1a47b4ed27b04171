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

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Sockets that a broadcast leaves out: none, one (the usual case), or a set. Immutable.
 */
final class Excluded {

	static final Excluded NONE = new Excluded(null, null);

	private final @Nullable AdapterSocket single;

	private final @Nullable Set<AdapterSocket> several;

	private Excluded(@Nullable AdapterSocket single, @Nullable Set<AdapterSocket> several) {
		this.single = single;
		this.several = several;
	}

	static Excluded of(AdapterSocket socket) {
		return new Excluded(socket, null);
	}

	static Excluded of(Iterable<Receivers> groups) {
		Set<AdapterSocket> several = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Receivers group : groups) {
			group.forEach(several::add);
		}
		return several.isEmpty() ? NONE : new Excluded(null, several);
	}

	boolean isEmpty() {
		return this.single == null && this.several == null;
	}

	@SuppressWarnings("ReferenceEquality")
	boolean contains(AdapterSocket socket) {
		return socket == this.single || (this.several != null && this.several.contains(socket));
	}

}
