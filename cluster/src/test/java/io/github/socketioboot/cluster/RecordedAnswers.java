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

package io.github.socketioboot.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.socketioboot.engine.adapter.BroadcastAnswers;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what becomes of a broadcast.
 */
final class RecordedAnswers implements BroadcastAnswers {

	final List<Integer> counts = new CopyOnWriteArrayList<>();

	final List<@Nullable Object> values = new CopyOnWriteArrayList<>();

	final Map<String, Integer> lost = new ConcurrentHashMap<>();

	volatile int servers;

	@Override
	public void onClientCount(int clients) {
		this.counts.add(clients);
	}

	@Override
	public void onAnswer(@Nullable Object value) {
		this.values.add(value);
	}

	@Override
	public void onLost(String node, int clients) {
		this.lost.put(node, clients);
	}

}
