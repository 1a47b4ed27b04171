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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import io.github.socketioboot.engine.adapter.MissingResponsesException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RequestTable} and its requests.
 */
class RequestTableTests {

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private final ClusterStatistics statistics = new ClusterStatistics();

	private final RequestTable table = new RequestTable(this.timer, this.statistics);

	RequestTableTests() {
		this.timer.setRemoveOnCancelPolicy(true);
	}

	@AfterEach
	void close() {
		this.timer.shutdownNow();
	}

	private static NamedCollectingRequest<String> request(String... members) {
		return new NamedCollectingRequest<>(Set.of(members), List.of("own"));
	}

	@Test
	void isBounded() {
		for (int i = 0; i < RequestTable.MAX_REQUESTS; i++) {
			this.table.add(request("a"), 600_000);
		}
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.table.add(request("a"), 600_000));
		this.table.onLeave("a", true);
		assertThat(this.table.size()).isZero();
		assertThat(this.timer.getQueue()).isEmpty();
		assertThat(this.statistics.requests()).isEqualTo(RequestTable.MAX_REQUESTS);
		assertThat(this.statistics.failedRequests()).isEqualTo(RequestTable.MAX_REQUESTS);
		this.table.add(request("a"), 600_000);
	}

	@Test
	void takesNothingAfterTheEnd() {
		CollectingRequest<String> request = request("a");
		this.table.add(request, 600_000);
		this.table.close();
		assertThat(request.result()).isCompletedExceptionally();
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.table.add(request("a"), 600_000));
	}

	@Test
	void requestWaitsForTheLastPartOfEachMember() {
		CollectingRequest<String> request = request("a", "b");
		assertThat(request.add("a", List.of("1"), false)).isFalse();
		assertThat(request.add("stranger", List.of("no"), true)).isFalse();
		assertThat(request.add("b", List.of("2"), true)).isFalse();
		assertThat(request.add("b", List.of("again"), true)).isFalse();
		assertThat(request.result()).isNotDone();
		assertThat(request.add("a", List.of("3"), true)).isTrue();
		assertThat(request.result().join()).containsExactly("own", "1", "2", "3");
	}

	@Test
	void requestHearsTheLivingBeforeItFailsForTheDead() {
		CollectingRequest<String> request = request("a", "b", "c");
		assertThat(request.onLeave("a", true)).isFalse();
		assertThat(request.onLeave("b", false)).isFalse();
		assertThat(request.add("c", List.of("1"), true)).isTrue();
		CompletableFuture<?> handled = request.result().handle((result, error) -> {
			assertThat(error).isInstanceOfSatisfying(MissingResponsesException.class, (missing) -> {
				assertThat(missing).hasMessage("no response from a: missing 1 responses");
				assertThat(missing.responses()).isEqualTo(List.of("own", "1"));
			});
			return null;
		});
		handled.join();
	}

	@Test
	void acknowledgementsMayComeBeforeTheirNumber() {
		RecordedAnswers answers = new RecordedAnswers();
		AckRequest request = new NamedAckRequest(Set.of("a", "b"), answers);
		assertThat(request.onAck("a", "1")).isFalse();
		assertThat(request.onClientCount("a", 2)).isFalse();
		assertThat(request.onClientCount("a", 7)).isFalse();
		assertThat(request.onClientCount("b", 0)).isFalse();
		assertThat(request.onAck("b", "too many")).isFalse();
		assertThat(request.onAck("a", "2")).isTrue();
		assertThat(answers.counts).containsExactly(2, 0);
		assertThat(answers.values).containsExactly("1", "2");
		assertThat(request.isComplete()).isTrue();
	}

	@Test
	void memberThatLeavesInOrderWithoutACountHasSentToNobody() {
		RecordedAnswers answers = new RecordedAnswers();
		AckRequest request = new NamedAckRequest(Set.of("a", "b"), answers);
		assertThat(request.onLeave("a", false)).isFalse();
		assertThat(request.onClientCount("b", 1)).isFalse();
		assertThat(request.onLeave("b", false)).isTrue();
		assertThat(answers.counts).containsExactly(0, 1);
		assertThat(answers.lost).containsOnlyKeys("b");
	}

}
