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
import java.util.concurrent.CompletableFuture;

import io.github.socketioboot.cluster.message.ClusterMessageType;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.FakeSocket;
import io.github.socketioboot.engine.adapter.MissingResponsesException;
import io.github.socketioboot.engine.adapter.SocketDetails;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClusterAdapter} on a bus whose members are only counted.
 */
class CountedClusterAdapterTests extends CountedAdapterContractTests {

	private CountingBus bus;

	@Override
	protected List<? extends TestMember> members(int count) {
		this.bus = new CountingBus(count, CONFIG);
		return this.bus.members;
	}

	@Override
	protected void disconnect() {
		this.bus.close();
	}

	@Override
	protected void kill(int index) {
		this.bus.members.get(index).kill();
	}

	@Test
	void requestIsSentBeforeMembersAreCounted() {
		this.bus.count = new CompletableFuture<>();
		node(1).namespace.answers = (packet, taker) -> taker.accept("one");
		node(2).namespace.answers = (packet, taker) -> taker.accept("two");
		CompletableFuture<List<@Nullable Object>> answers = node(0).adapter.serverSideEmitWithAck(List.of("ask"),
				600_000);
		node(0).adapter.joinAll(BroadcastOptions.ALL, List.of("room"));
		eventually().untilAsserted(() -> assertThat(this.bus.members.get(1).received)
			.containsSubsequence(ClusterMessageType.SERVER_SIDE_EMIT, ClusterMessageType.SOCKETS_JOIN));
		assertThat(answers).isNotDone();
		this.bus.count.complete(2);
		assertThat(get(answers)).containsExactlyInAnyOrder("one", "two");
	}

	@Test
	void localSocketsDoNotWaitUntilMembersAreCounted() {
		this.bus.count = new CompletableFuture<>();
		FakeSocket here = node(0).socket();
		FakeSocket there = node(1).socket();
		RecordedAnswers answers = node(0).broadcastWithAck(timeout(60_000), "q");
		node(0).broadcast(BroadcastOptions.ALL, "e");
		received(here, "420[\"q\"]", "42[\"e\"]");
		received(there, "420[\"q\"]", "42[\"e\"]");
		eventually().untilAsserted(() -> assertThat(answers.counts).containsExactlyInAnyOrder(1, 1, 0, 0));
		assertThat(answers.servers).isZero();
		this.bus.count.complete(NODES - 1);
		assertThat(answers.servers).isEqualTo(NODES);
		assertThat(node(0).node.statistics().requests()).isZero();
		there.acknowledge(0, "there");
		eventually().until(() -> node(0).node.statistics().requests() == 1);
		assertThat(node(0).node.statistics().failedRequests()).isZero();
		assertThat(answers.values).containsExactly("there");
	}

	@Test
	void requestsFailEarlyIfMembersCannotBeCounted() {
		this.bus.count = CompletableFuture.failedFuture(new ClusterUnreachableException("test"));
		FakeSocket here = node(0).socket();
		MissingResponsesException missing = missing(node(0).adapter.fetchSockets(timeout(600_000)));
		// Others may have answered before the request gave up
		assertThat(missing)
			.hasMessageMatching("cluster unreachable: only [0-3] responses received out of an unknown number");
		assertThat(missing.responses()).singleElement()
			.isInstanceOfSatisfying(SocketDetails.class, (own) -> assertThat(own.id()).isEqualTo(here.id()));
		RecordedAnswers answers = node(0).broadcastWithAck(timeout(600_000), "q");
		received(here, "420[\"q\"]");
		assertThat(answers.servers).isBetween(1, NODES);
		assertThat(answers.lost).containsOnlyKeys(CountedAckRequest.OTHERS);
		assertThat(node(0).node.statistics().failedRequests()).isEqualTo(2);
		assertThat(node(0).adapter.serverCount()).isCompletedExceptionally();
	}

	@Test
	void localSocketsGetWhatOtherMembersCannot() {
		FakeSocket here = node(0).socket();
		this.bus.reachable = false;
		node(0).broadcast(BroadcastOptions.ALL, "e");
		RecordedAnswers answers = node(0).broadcastWithAck(timeout(600_000), "q");
		received(here, "42[\"e\"]", "420[\"q\"]");
		assertThat(answers.servers).isOne();
		assertThat(answers.counts).containsExactly(1);
		assertThat(answers.lost).containsOnlyKeys(CountedAckRequest.OTHERS);
		assertThat(missing(node(0).adapter.serverSideEmitWithAck(List.of("ask"), 600_000)))
			.hasMessageStartingWith("cluster unreachable");
		assertThat(node(0).node.statistics().publishFailures()).isEqualTo(3);
		assertThat(node(0).node.statistics().failedRequests()).isEqualTo(2);
	}

	@Test
	void manySocketsAreDescribedInAsManyResponsesAsTheAdapterWants() {
		for (int i = 0; i <= IncomingMessage.MAX_SOCKETS_PER_RESPONSE; i++) {
			node(1).socket();
		}
		assertThat(get(node(0).adapter.fetchSockets(BroadcastOptions.ALL)))
			.hasSize(IncomingMessage.MAX_SOCKETS_PER_RESPONSE + 1);
		assertThat(this.bus.members.get(0).received).hasSize(NODES - 1)
			.containsOnly(ClusterMessageType.FETCH_SOCKETS_RESPONSE);
	}

}
