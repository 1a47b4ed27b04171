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

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.redis.Outbox.Count;
import io.github.socketioboot.cluster.redis.Outbox.Item;
import io.github.socketioboot.cluster.redis.Outbox.Probe;
import io.github.socketioboot.cluster.redis.Outbox.Publication;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Outbox}.
 */
class OutboxTests {

	private static final Probe PROBE = new Probe(new byte[1], new byte[1]);

	private final Outbox outbox = new Outbox();

	@Test
	void keepsWhatComesBeforeRedisIsThere() {
		Item message = message(1);
		this.outbox.add(message);
		this.outbox.setProbe(PROBE);
		assertThat(this.outbox.awaitBatch()).containsExactly(PROBE, message);
	}

	@Test
	void keepsTheOrderBehindProbes() {
		this.outbox.accept();
		List<Item> items = List.of(message(1), Count.of("a"), message(2));
		items.forEach(this.outbox::add);
		this.outbox.setProbe(PROBE);
		List<Item> batch = this.outbox.awaitBatch();
		assertThat(batch).startsWith(PROBE).hasSize(4);
		assertThat(batch.subList(1, 4)).isEqualTo(items);
	}

	@Test
	void boundsTheNumberOfMessages() {
		this.outbox.accept();
		for (int i = 0; i < Outbox.MAX_MESSAGES; i++) {
			this.outbox.add(message(0));
		}
		assertThatExceptionOfType(ClusterUnreachableException.class).isThrownBy(() -> this.outbox.add(message(0)))
			.withMessageContaining("65536 messages");
		assertThat(this.outbox.awaitBatch()).hasSize(Outbox.MAX_BATCH_MESSAGES);
		this.outbox.add(message(0));
	}

	@Test
	void boundsTheBytes() {
		this.outbox.accept();
		Publication message = message(Outbox.MAX_BYTES / 4);
		for (int i = 0; i < 3; i++) {
			this.outbox.add(message);
		}
		assertThatExceptionOfType(ClusterUnreachableException.class).isThrownBy(() -> this.outbox.add(message));
		this.outbox.add(message(1));
		assertThat(this.outbox.awaitBatch()).containsExactly(message);
		this.outbox.add(message);
		assertThatExceptionOfType(ClusterUnreachableException.class).isThrownBy(() -> this.outbox.add(message));
	}

	@Test
	void letsGoOfWhatWaitsWhenItRefuses() {
		this.outbox.accept();
		Publication message = message(1);
		this.outbox.add(message);
		assertThat(this.outbox.refuse("Redis is away")).containsExactly(message);
		assertThatExceptionOfType(ClusterUnreachableException.class).isThrownBy(() -> this.outbox.add(message))
			.withMessage("Redis is away");
		this.outbox.accept();
		this.outbox.add(message);
		assertThat(this.outbox.awaitBatch()).containsExactly(message);
	}

	@Test
	void givesWhatWaitsAfterItIsClosed() {
		this.outbox.accept();
		Publication message = message(1);
		this.outbox.add(message);
		this.outbox.close();
		this.outbox.accept();
		assertThatExceptionOfType(ClusterUnreachableException.class).isThrownBy(() -> this.outbox.add(message))
			.withMessage("The link to Redis is closed");
		assertThat(this.outbox.awaitBatch()).containsExactly(message);
		assertThat(this.outbox.awaitBatch()).isEmpty();
	}

	@Test
	void waitsForItems() throws Exception {
		this.outbox.accept();
		CompletableFuture<List<Item>> batch = CompletableFuture.supplyAsync(this.outbox::awaitBatch);
		assertThat(batch).isNotDone();
		Publication message = message(1);
		this.outbox.add(message);
		assertThat(batch.get()).containsExactly(message);
	}

	private static Publication message(int size) {
		return new Publication(new byte[1], new byte[size]);
	}

}
