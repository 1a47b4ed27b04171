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

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.socketioboot.engine.loop.EngineLoop;

/**
 * Receivers of a broadcast, by loop, each once. Immutable.
 */
final class Receivers {

	static final Receivers NONE = new Receivers(List.of());

	private final List<Slice> slices;

	private final int size;

	Receivers(List<Slice> slices) {
		this.slices = slices;
		int size = 0;
		for (Slice slice : slices) {
			size += slice.size();
		}
		this.size = size;
	}

	static Receivers of(AdapterSocket socket) {
		return new Receivers(List.of(new Slice(socket.loop(), new AdapterSocket[] { socket }, 1)));
	}

	static Receivers of(Collection<AdapterSocket> sockets) {
		Map<EngineLoop, List<AdapterSocket>> byLoop = new IdentityHashMap<>();
		for (AdapterSocket socket : sockets) {
			byLoop.computeIfAbsent(socket.loop(), (loop) -> new ArrayList<>()).add(socket);
		}
		List<Slice> slices = new ArrayList<>(byLoop.size());
		byLoop.forEach(
				(loop, members) -> slices.add(new Slice(loop, members.toArray(new AdapterSocket[0]), members.size())));
		return new Receivers(slices);
	}

	List<Slice> slices() {
		return this.slices;
	}

	int size() {
		return this.size;
	}

	void forEach(Consumer<AdapterSocket> action) {
		for (Slice slice : this.slices) {
			for (int i = 0; i < slice.size(); i++) {
				action.accept(slice.members()[i]);
			}
		}
	}

}
