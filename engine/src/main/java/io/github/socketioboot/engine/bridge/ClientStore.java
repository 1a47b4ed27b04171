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

package io.github.socketioboot.engine.bridge;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.corundumstudio.socketio.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What an application keeps for a client, in memory, like netty-socketio's own store but
 * that all of it can be read. Thread-safe.
 */
final class ClientStore implements Store {

	private final ConcurrentMap<String, Object> values = new ConcurrentHashMap<>();

	/**
	 * Return what is kept.
	 * @return an unmodifiable view, which may change while it is read
	 */
	Map<String, Object> values() {
		return Collections.unmodifiableMap(this.values);
	}

	@Override
	public void set(String key, Object value) {
		this.values.put(key, value);
	}

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" }) // As the interface
																		// has it
	public <T> @Nullable T get(String key) {
		return (T) this.values.get(key);
	}

	@Override
	public boolean has(String key) {
		return this.values.containsKey(key);
	}

	@Override
	public void del(String key) {
		this.values.remove(key);
	}

}
