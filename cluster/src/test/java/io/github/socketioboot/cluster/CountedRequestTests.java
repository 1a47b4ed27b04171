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

import io.github.socketioboot.engine.adapter.MissingResponsesException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CountedCollectingRequest} and {@link CountedAckRequest}.
 */
class CountedRequestTests {

	private final CountedCollectingRequest<String> request = new CountedCollectingRequest<>(List.of("own"));

	private final RecordedAnswers answers = new RecordedAnswers();

	private final CountedAckRequest acks = new CountedAckRequest(this.answers);

	private MissingResponsesException missing() {
		return (MissingResponsesException) this.request.result().handle((result, error) -> error).join();
	}

	@Test
	void responsesOfAnybodyCountOnce() {
		assertThat(this.request.onOthers(2)).isFalse();
		assertThat(this.request.add("", List.of("1"), false)).isFalse();
		assertThat(this.request.add("", List.of("2"), true)).isFalse();
		assertThat(this.request.onLeave("", true)).isFalse();
		assertThat(this.request.result()).isNotDone();
		assertThat(this.request.add("", List.of("3"), true)).isTrue();
		assertThat(this.request.add("", List.of("late"), true)).isFalse();
		assertThat(this.request.result().join()).containsExactly("own", "1", "2", "3");
		assertThat(this.request.isComplete()).isTrue();
	}

	@Test
	void responsesMayComeBeforeTheirNumberIsKnown() {
		assertThat(this.request.add("", List.of("1"), true)).isFalse();
		assertThat(this.request.add("", List.of("2"), true)).isFalse();
		assertThat(this.request.result()).isNotDone();
		assertThat(this.request.onOthers(1)).isTrue();
		assertThat(this.request.result().join()).containsExactly("own", "1", "2");
	}

	@Test
	void nobodyIsWaitedForIfThereIsNobody() {
		assertThat(this.request.onOthers(-1)).isTrue();
		assertThat(this.request.result().join()).containsExactly("own");
		assertThat(this.acks.onOthers(0)).isTrue();
		assertThat(this.acks.servers().join()).isOne();
		assertThat(this.acks.isComplete()).isTrue();
	}

	@Test
	void failureTellsHowManyHaveResponded() {
		this.request.add("", List.of("1", "2"), true);
		this.request.onOthers(3);
		this.request.fail("timeout reached");
		assertThat(missing()).hasMessage("timeout reached: only 1 responses received out of 3");
		assertThat(missing().nodes()).isEmpty();
		assertThat(missing().responses()).isEqualTo(List.of("own", "1", "2"));
		assertThat(this.request.isComplete()).isFalse();
	}

	@Test
	void failureBeforeTheNumberIsKnownTellsSo() {
		this.request.fail("timeout reached");
		assertThat(missing()).hasMessage("timeout reached: only 0 responses received out of an unknown number");
	}

	@Test
	void requestFailsAtOnceIfNobodyCanBeReached() {
		this.request.onUnreachable();
		assertThat(missing()).hasMessage("cluster unreachable: only 0 responses received out of an unknown number");
		assertThat(this.request.add("", List.of("late"), true)).isFalse();
		assertThat(missing().responses()).isEqualTo(List.of("own"));
	}

	@Test
	void acknowledgementsAreTheSumOfAllCounts() {
		assertThat(this.acks.onAck("", "1")).isFalse();
		assertThat(this.acks.onClientCount("", 1)).isFalse();
		assertThat(this.acks.servers()).isNotDone();
		assertThat(this.acks.onOthers(2)).isFalse();
		assertThat(this.acks.servers().join()).isEqualTo(3);
		assertThat(this.acks.onAck("", "2")).isFalse();
		assertThat(this.acks.onClientCount("", 2)).isFalse();
		assertThat(this.acks.onLeave("", true)).isFalse();
		assertThat(this.acks.onAck("", "3")).isTrue();
		assertThat(this.answers.counts).containsExactly(1, 2);
		assertThat(this.answers.values).containsExactly("1", "2", "3");
		assertThat(this.acks.isComplete()).isTrue();
	}

	@Test
	void memberThatCameAfterTheCountIsHeardToo() {
		assertThat(this.acks.onClientCount("", 1)).isFalse();
		assertThat(this.acks.onClientCount("", 1)).isFalse();
		assertThat(this.acks.onOthers(1)).isFalse();
		assertThat(this.acks.onAck("", "1")).isFalse();
		assertThat(this.acks.onAck("", "2")).isTrue();
	}

	@Test
	void receiversOfLostMembersAreReported() {
		this.acks.onClientCount("", 3);
		this.acks.onAck("", "1");
		this.acks.onUnreachable();
		this.acks.onUnreachable();
		assertThat(this.answers.lost).containsOnlyKeys(CountedAckRequest.OTHERS).containsValue(2);
		assertThat(this.acks.servers().join()).isEqualTo(2);
		assertThat(this.acks.isComplete()).isFalse();
		assertThat(this.acks.onAck("", "late")).isFalse();
		assertThat(this.acks.onClientCount("", 1)).isFalse();
		assertThat(this.answers.counts).containsExactly(3);
		assertThat(this.answers.values).containsExactly("1");
	}

	@Test
	void timeoutDoesNotTellThatEverybodyWasHeard() {
		this.acks.onClientCount("", 0);
		this.acks.fail("timeout reached");
		assertThat(this.acks.isComplete()).isFalse();
		assertThat(this.acks.servers()).isNotDone();
		assertThat(this.answers.lost).isEmpty();
	}

}
