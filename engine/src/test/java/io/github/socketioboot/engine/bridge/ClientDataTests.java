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

import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientData}.
 */
class ClientDataTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final ClientData data = new ClientData(new SocketPacketEncoder(MAPPER), MAPPER);

	@Test
	void valuesAreThoseThatOtherServersRead() {
		Map<String, Object> values = Map.of("text", "\u00e9", "int", 1, "flag", true, "long", 5_000_000_000L, "small",
				5L, "double", 1.5, "bean", new User("ann", List.of(1, 2)), "bytes", new byte[] { 1, 2 }, "buffer",
				ByteBuffer.wrap(new byte[] { 3 }), "tree", Map.of("inner", List.of(new byte[] { 4 })));
		assertThat(this.data.of(values)).usingRecursiveComparison()
			.isEqualTo(Map.of("text", "\u00e9", "int", 1, "flag", true, "long", 5_000_000_000L, "small", 5, "double",
					1.5, "bean", Map.of("name", "ann", "numbers", List.of(1, 2)), "bytes", new byte[] { 1, 2 },
					"buffer", new byte[] { 3 }, "tree", Map.of("inner", List.of(new byte[] { 4 }))));
	}

	@Test
	void valueThatHasNoJsonIsLeftOut() {
		List<Object> endless = new ArrayList<>();
		endless.add(endless);
		Object deep = "x";
		for (int i = 0; i < 200; i++) {
			deep = List.of(deep);
		}
		Map<String, Object> values = Map.of("name", "ann", "endless", endless, "deep", deep, "broken", new Broken("x"),
				"placeholder", Map.of("_placeholder", true, "num", 0), "inside",
				List.of(Map.of("a", Map.of("_placeholder", true))));
		assertThat(this.data.of(values)).containsOnlyKeys("name");
		assertThat(this.data.of(Map.of("endless", endless))).isNull();
	}

	@Test
	void principalsAreNotTold() {
		Principal principal = () -> "ann";
		assertThat(this.data.of(Map.of("principal", principal, "name", "ann"))).containsOnlyKeys("name");
	}

	@Test
	void whatWouldBeTooLargeIsLeftOut() {
		String half = "x".repeat(ClientData.MAX_SIZE / 2);
		Map<String, Object> values = Map.of("a", half, "b", new byte[ClientData.MAX_SIZE / 2], "c", "small", "d",
				List.of(half), "e", 1);
		assertThat(this.data.of(values)).containsOnlyKeys("a", "c", "e");
		assertThat(this.data.of(Map.of("k".repeat(ClientData.MAX_SIZE), 1))).isNull();
		String exact = "x".repeat(ClientData.MAX_SIZE - "k".length() - 6);
		assertThat(this.data.of(Map.of("k", exact))).containsEntry("k", exact);
	}

	@Test
	void valuesMayChangeMeanwhile() throws Exception {
		Map<String, Object> values = new ConcurrentHashMap<>(Map.of("always", 1));
		CountDownLatch changing = new CountDownLatch(1);
		Thread changes = new Thread(() -> {
			for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
				values.put("key" + i % 100, List.of(i));
				values.remove("key" + (i + 50) % 100);
				changing.countDown();
			}
		});
		changes.start();
		try {
			changing.await();
			for (int i = 0; i < 1000; i++) {
				assertThat(Objects.requireNonNull(this.data.of(values))).containsEntry("always", 1)
					.doesNotContainValue(null);
			}
		}
		finally {
			changes.interrupt();
			changes.join();
		}
	}

	record User(String name, List<Integer> numbers) {

	}

	record Broken(String name) {

		@Override
		public String name() {
			throw new IllegalStateException("broken on purpose");
		}

	}

}
