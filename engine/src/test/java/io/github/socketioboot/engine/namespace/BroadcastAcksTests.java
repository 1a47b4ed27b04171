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

package io.github.socketioboot.engine.namespace;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BroadcastAcks}.
 */
class BroadcastAcksTests {

	private final BroadcastAcks acks = new BroadcastAcks(Runnable::run);

	private final CompletableFuture<List<@Nullable Object>> result = this.acks.result();

	@Test
	void waitsForEveryNodeAndEveryClient() {
		this.acks.onClientCount(2);
		this.acks.onAnswer("a");
		this.acks.expectServers(2);
		this.acks.onClientCount(0);
		assertThat(this.result).isNotDone();
		this.acks.onAnswer("b");
		assertThat(this.result.join()).containsExactly("a", "b");
	}

	@Test
	void nodeThatIsLostIsNamedOnceTheOthersHaveAnswered() {
		this.acks.expectServers(2);
		this.acks.onClientCount(1);
		this.acks.onClientCount(3);
		this.acks.onAnswer("a");
		this.acks.onLost("2@host", 2);
		assertThat(this.result).isNotDone();
		this.acks.onAnswer("b");
		assertThat(this.result.handle((value, error) -> error).join()).isInstanceOfSatisfying(AckTimeoutException.class,
				(lost) -> {
					assertThat(lost).hasMessageContaining("2@host");
					assertThat(lost.responses()).containsExactly("a", "b");
				});
	}

	@Test
	void nodeThatIsLostBeforeItsCountIsNamedToo() {
		this.acks.expectServers(2);
		this.acks.onClientCount(0);
		this.acks.onLost("2@host", 0);
		this.acks.onClientCount(0);
		assertThat(this.result).isCompletedExceptionally();
	}

	@Test
	void nodeThatCameAfterTheCountIsWaitedForToo() {
		this.acks.onClientCount(1);
		this.acks.onClientCount(1);
		this.acks.onClientCount(0);
		this.acks.expectServers(2);
		this.acks.onAnswer("a");
		assertThat(this.result).isNotDone();
		this.acks.onAnswer("b");
		assertThat(this.result.join()).containsExactly("a", "b");
	}

	@Test
	void timeoutBearsTheAnswersThatCame() {
		this.acks.onClientCount(2);
		this.acks.expectServers(1);
		this.acks.onAnswer("a");
		this.acks.start(1);
		assertThat(this.result.handle((value, error) -> error).join()).isInstanceOfSatisfying(AckTimeoutException.class,
				(timeout) -> {
					assertThat(timeout).hasMessage("operation has timed out");
					assertThat(timeout.responses()).containsExactly("a");
				});
	}

}
