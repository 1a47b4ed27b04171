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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.github.socketioboot.engine.adapter.AdapterSocket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Namespace that remembers what other nodes send to it.
 */
final class FakeNamespace implements AdapterNamespace {

	final Map<String, AdapterSocket> sockets = new ConcurrentHashMap<>();

	final List<List<@Nullable Object>> events = new CopyOnWriteArrayList<>();

	final AtomicInteger refused = new AtomicInteger();

	/**
	 * Takes events that ask for an answer.
	 */
	volatile BiConsumer<List<@Nullable Object>, Consumer<@Nullable Object>> answers = (packet, answer) -> {
	};

	private final String name;

	private final AtomicLong ackIds = new AtomicLong();

	private final SocketPacketEncoder encoder = new SocketPacketEncoder(JsonMapper.builder().build());

	FakeNamespace(String name) {
		this.name = name;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public SocketPacketEncoder encoder() {
		return this.encoder;
	}

	@Override
	public long nextAckId() {
		return this.ackIds.getAndIncrement();
	}

	@Override
	public int maxRoomsPerSocket() {
		return 1000;
	}

	@Override
	public @Nullable AdapterSocket socket(String id) {
		return this.sockets.get(id);
	}

	@Override
	public void refuseRooms() {
		this.refused.incrementAndGet();
	}

	@Override
	public void onServerSideEmit(List<@Nullable Object> packet, @Nullable Consumer<@Nullable Object> answer) {
		this.events.add(packet);
		if (answer != null) {
			this.answers.accept(packet, answer);
		}
	}

}
