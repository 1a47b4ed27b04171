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

import io.github.socketioboot.engine.adapter.MissingResponsesException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link ClusterAdapter} does whose members are only counted.
 */
public abstract class CountedAdapterContractTests extends ClusterAdapterContractTests {

	/**
	 * End a member without a word, as the death of its process would.
	 * @param index which, from 0
	 */
	protected abstract void kill(int index);

	@Test
	void missingAnswersAreCountedAfterTheTimeout() {
		answer(null, 1, 3);
		MissingResponsesException missing = missing(node(0).adapter.serverSideEmitWithAck(List.of("ask"), TIMEOUT));
		assertThat(missing).hasMessage("timeout reached: only 2 responses received out of 3");
		assertThat(missing.nodes()).isEmpty();
		assertThat(missing.responses()).containsExactly(null, null);
		eventually().until(() -> node(0).node.statistics().failedRequests() == 1);
	}

	@Test
	void deathOfAMemberFailsRequestsAtTheirTimeoutWithWhatCame() {
		answer("yes", 1, 3);
		CompletableFuture<List<@Nullable Object>> answers = node(0).adapter.serverSideEmitWithAck(List.of("ask"),
				TIMEOUT);
		eventually().until(() -> node(2).namespace.events.size() == 1);
		kill(2);
		MissingResponsesException missing = missing(answers);
		assertThat(missing).hasMessage("timeout reached: only 2 responses received out of 3");
		assertThat(missing.responses()).containsExactly("yes", "yes");
		eventually().until(() -> get(node(0).adapter.serverCount()) == NODES - 1);
		assertThat(get(node(0).adapter.serverSideEmitWithAck(List.of("ask"), 0))).containsExactly("yes", "yes");
		assertThat(get(node(0).adapter.fetchSockets(timeout(600_000)))).isEmpty();
	}

	@Test
	void acknowledgementsOfADeadMemberAreWaitedForUntilTheTimeout() {
		node(2).socket();
		RecordedAnswers answers = node(0).broadcastWithAck(timeout(TIMEOUT), "q");
		eventually().until(() -> answers.servers == NODES);
		kill(2);
		eventually().until(() -> node(0).node.statistics().failedRequests() == 1);
		assertThat(answers.values).isEmpty();
		assertThat(answers.lost).isEmpty();
	}

}
