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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.github.socketioboot.engine.adapter.FakeSocket;
import io.github.socketioboot.engine.adapter.MissingResponsesException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link ClusterTransport} carries for {@link ClusterNode}, whose members know
 * each other by name.
 */
public abstract class ClusterNodeContractTests extends ClusterAdapterContractTests {

	private final List<NodeMember> members = new ArrayList<>();

	private TestCluster cluster;

	/**
	 * Connect transports.
	 * @param nodes how many
	 * @return the transports, to be closed by the caller
	 */
	protected abstract TestCluster connect(int nodes);

	@Override
	protected final List<? extends TestMember> members(int count) {
		this.cluster = connect(count);
		for (int i = 0; i < count; i++) {
			this.members.add(new NodeMember(new ClusterNode(this.cluster.transport(i), CONFIG)));
		}
		return this.members;
	}

	@Override
	protected final void disconnect() {
		this.cluster.close();
	}

	private Set<String> memberIds(int index) {
		return this.members.get(index).node.members();
	}

	@Test
	void membersAreKnownToEachOther() {
		for (int i = 0; i < NODES; i++) {
			assertThat(memberIds(i)).containsExactlyInAnyOrder(this.cluster.transport(0).memberId(),
					this.cluster.transport(1).memberId(), this.cluster.transport(2).memberId(),
					this.cluster.transport(3).memberId());
			assertThat(get(node(i).adapter.serverCount())).isEqualTo(NODES);
		}
	}

	@Test
	void deathEndsTheShareOfAMemberInAcknowledgements() {
		FakeSocket one = node(1).socket();
		node(2).socket();
		node(2).socket();
		RecordedAnswers answers = node(0).broadcastWithAck(timeout(60_000), "q");
		eventually().untilAsserted(() -> assertThat(answers.counts).containsExactlyInAnyOrder(0, 1, 2, 0));
		eventually().until(() -> !one.acks.isEmpty());
		one.acknowledge(0, "yes");
		this.cluster.kill(2);
		eventually()
			.untilAsserted(() -> assertThat(answers.lost).containsEntry(this.cluster.transport(2).memberId(), 2));
		eventually().untilAsserted(() -> assertThat(answers.values).containsExactly("yes"));
		eventually().until(() -> node(0).node.statistics().failedRequests() == 1);
	}

	@Test
	void missingAnswersAreNamedAfterTheTimeout() {
		answer(null, 1, 3);
		MissingResponsesException missing = missing(node(0).adapter.serverSideEmitWithAck(List.of("ask"), TIMEOUT));
		assertThat(missing).hasMessage("timeout reached: missing 1 responses");
		assertThat(missing.nodes()).containsExactly(this.cluster.transport(2).memberId());
		assertThat(missing.responses()).containsExactly(null, null);
		eventually().until(() -> node(0).node.statistics().failedRequests() == 1);
	}

	@Test
	void deathOfAMemberFailsRequestsEarlyWithWhatCame() {
		List<Consumer<@Nullable Object>> unanswered = new ArrayList<>();
		answer("yes", 1, 3);
		node(2).namespace.answers = (packet, taker) -> unanswered.add(taker);
		CompletableFuture<List<@Nullable Object>> answers = node(0).adapter.serverSideEmitWithAck(List.of("ask"),
				600_000);
		eventually().until(() -> node(2).namespace.events.size() == 1);
		assertThat(answers).isNotDone();
		this.cluster.kill(2);
		MissingResponsesException missing = missing(answers);
		assertThat(missing).hasMessageContaining(this.cluster.transport(2).memberId())
			.hasMessageEndingWith("missing 1 responses");
		assertThat(missing.responses()).containsExactly("yes", "yes");
		assertThat(memberIds(0)).hasSize(NODES - 1);
		assertThat(get(node(0).adapter.serverSideEmitWithAck(List.of("ask"), 0))).containsExactly("yes", "yes");
		assertThat(get(node(0).adapter.serverCount())).isEqualTo(NODES - 1);
	}

	@Test
	void memberThatLeavesInOrderIsNotMissed() {
		answer("yes", 1, 3);
		CompletableFuture<List<@Nullable Object>> answers = node(0).adapter.serverSideEmitWithAck(List.of("ask"),
				600_000);
		eventually().until(() -> node(2).namespace.events.size() == 1);
		node(2).node.close();
		assertThat(get(answers)).containsExactly("yes", "yes");
		assertThat(memberIds(0)).hasSize(NODES - 1);
	}

	@Test
	void nodesWithoutTheNamespaceAnswerAtOnce() {
		TestNode<TestMember> only = node(0, "/only");
		only.socket();
		assertThat(get(only.adapter.fetchSockets(timeout(600_000)))).hasSize(1);
		assertThat(get(only.adapter.serverSideEmitWithAck(List.of("ask"), 600_000))).isEmpty();
		RecordedAnswers answers = only.broadcastWithAck(timeout(600_000), "q");
		eventually().untilAsserted(() -> assertThat(answers.counts).containsExactlyInAnyOrder(1, 0, 0, 0));
		eventually().untilAsserted(() -> assertThat(node(1).node.statistics().foreign()).isEqualTo(3));
	}

	/**
	 * A node as a member.
	 */
	private static final class NodeMember implements TestMember {

		private final ClusterNode node;

		NodeMember(ClusterNode node) {
			this.node = node;
		}

		@Override
		public void open() {
			this.node.open();
		}

		@Override
		public Adapter create(AdapterNamespace namespace) {
			return this.node.create(namespace);
		}

		@Override
		public ClusterStatistics statistics() {
			return this.node.statistics();
		}

		@Override
		public void close() {
			this.node.close();
		}

	}

}
