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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.redis.ReadingWorld.WorkerOfHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedReading}.
 */
class SharedReadingTests {

	private final ReadingWorld world = new ReadingWorld();

	@Test
	void theOldestWorkerReadsForAll() {
		WorkerOfHost one = this.world.start(9);
		WorkerOfHost two = this.world.start(10);
		WorkerOfHost three = this.world.start(11);
		this.world.calm();
		assertThat(one.reading.isReading()).isTrue();
		assertThat(one.reading.followers()).isEqualTo(2);
		assertThat(two.reading.isFollowing()).isTrue();
		assertThat(three.reading.isFollowing()).isTrue();
		publish(10);
		this.world.settle();
		assertComplete(one, two, three);
		assertThat(one.relayed).isEqualTo(10);
	}

	@Test
	void aWorkerThatIsAloneRelaysNothing() {
		WorkerOfHost one = this.world.start(1);
		this.world.calm();
		publish(3);
		this.world.settle();
		assertComplete(one);
		assertThat(one.relayed).isZero();
	}

	@Test
	void everyWorkerReadsWhereRedisHasNoCommonOrder() {
		this.world.ordered = false;
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = this.world.start(2);
		this.world.calm();
		assertThat(two.reading.isReading()).isTrue();
		publish(3);
		this.world.settle();
		assertComplete(one, two);
		assertThat(one.relayed).isZero();
	}

	@Test
	void whatIsPublishedWhileAWorkerFollowsIsHandledOnce() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = startUntilMarkerIsInRedis();
		publish(3);
		// The reader is ahead
		arriveAll("redis>1@host");
		arriveAll("1@host>2@host");
		assertThat(two.reading.isFollowing()).isFalse();
		assertThat(two.handled).isEmpty();
		arriveAll("redis>2@host");
		assertThat(two.reading.isFollowing()).isTrue();
		assertThat(two.handled).containsExactly(0, 1, 2);
		assertComplete(one, two);
	}

	@Test
	void whatAFollowerReadsBeforeItIsAttachedIsHandledOnce() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = startUntilMarkerIsInRedis();
		publish(3);
		// The follower is ahead
		arriveAll("redis>2@host");
		assertThat(two.handled).isEmpty();
		arriveAll("redis>1@host");
		arriveAll("1@host>2@host");
		assertThat(two.reading.isFollowing()).isTrue();
		assertComplete(one, two);
	}

	@Test
	void aWorkerThatIsNotAttachedInTimeGoesOnReading() {
		WorkerOfHost one = this.world.start(1);
		one.deaf.put("attach", true);
		WorkerOfHost two = startUntilMarkerIsInRedis();
		publish(3);
		this.world.settle();
		assertThat(two.handled).isEmpty();
		this.world.advance(SharedReading.JOIN_PATIENCE);
		assertThat(two.handled).containsExactly(0, 1, 2);
		assertThat(two.reading.isReading()).isTrue();
		publish(2);
		this.world.settle();
		assertThat(one.reading.followers()).isZero();
		assertComplete(one, two);
		one.deaf.clear();
		this.world.advance(SharedReading.JOIN_PAUSE);
		this.world.settle();
		assertThat(two.reading.isFollowing()).isTrue();
		publish(2);
		this.world.settle();
		assertComplete(one, two);
	}

	@Test
	void aWorkerWhoseMarkerDoesNotComeGoesOnReading() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = this.world.start(2);
		two.deaf.put("marker", true);
		this.world.calm();
		publish(3);
		this.world.settle();
		assertThat(two.handled).containsExactly(0, 1, 2);
		this.world.advance(SharedReading.JOIN_PATIENCE);
		publish(3);
		this.world.settle();
		assertThat(one.reading.followers()).isZero();
		assertComplete(one, two);
	}

	@Test
	void aWorkerThatIsAttachedTooLateIsLetGo() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = startUntilMarkerIsInRedis();
		arriveAll("redis>2@host");
		publish(3);
		arriveAll("redis>2@host");
		this.world.advance(SharedReading.JOIN_PATIENCE);
		arriveAll("2@host>1@host");
		arriveAll("redis>1@host");
		assertThat(one.reading.followers()).isOne();
		this.world.settle();
		assertThat(one.reading.followers()).isZero();
		publish(3);
		this.world.settle();
		assertComplete(one, two);
	}

	@Test
	void aWorkerThatMustKeepTooMuchGoesOnReading() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = startUntilMarkerIsInRedis();
		publish(Backlog.MAX_MESSAGES + 10);
		arriveAll("redis>2@host");
		assertThat(two.reading.isReading()).isTrue();
		this.world.settle();
		assertComplete(one, two);
	}

	@Test
	void aReaderThatIsTooFarAheadIsNotFollowed() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = startUntilMarkerIsInRedis();
		publish(Backlog.MAX_MESSAGES + 10);
		arriveAll("redis>1@host");
		arriveAll("1@host>2@host");
		assertThat(two.reading.isReading()).isTrue();
		this.world.settle();
		assertThat(one.reading.followers()).isZero();
		assertComplete(one, two);
	}

	@Test
	void aReaderThatLeavesIsFollowedToItsEnd() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = this.world.start(2);
		WorkerOfHost three = this.world.start(3);
		this.world.calm();
		publish(2);
		one.reading.leave();
		publish(2);
		Random random = new Random(1);
		while (!one.left) {
			if (!this.world.arrive(random) || random.nextInt(5) == 0) {
				publish(1);
			}
		}
		this.world.calm();
		publish(3);
		this.world.settle();
		assertComplete(two, three);
		assertThat(two.reading.followers()).isOne();
		assertThat(three.reading.isFollowing()).isTrue();
	}

	@Test
	void aReaderThatLeavesIsNotFollowedByWhoIsAboutTo() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = startUntilMarkerIsInRedis();
		one.reading.leave();
		assertThat(one.left).isTrue();
		publish(3);
		this.world.settle();
		assertThat(two.reading.isReading()).isTrue();
		assertComplete(two);
	}

	@Test
	void aReaderDoesNotWaitForEverToLeave() {
		WorkerOfHost one = this.world.start(1);
		this.world.start(2);
		this.world.calm();
		one.reading.leave();
		assertThat(one.left).isFalse();
		this.world.advance(SharedReading.LEAVE_PATIENCE);
		assertThat(one.left).isTrue();
	}

	@Test
	void aReaderWithoutRedisLeavesAtOnce() {
		WorkerOfHost one = this.world.start(1);
		this.world.start(2);
		this.world.calm();
		one.reading.onUp(false);
		one.reading.leave();
		assertThat(one.left).isTrue();
	}

	@Test
	void aReaderThatDoesNotRelayTheMarkerIsGivenUp() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = this.world.start(2);
		this.world.calm();
		one.deaf.put("marker", true);
		one.reading.leave();
		arriveAll("1@host>2@host");
		arriveAll("2@host>redis subscriptions");
		arriveAll("redis>2@host");
		arriveAll("2@host>redis");
		publish(3);
		arriveAll("redis>2@host");
		assertThat(two.handled).isEmpty();
		this.world.advance(SharedReading.RETURN_PATIENCE);
		assertThat(two.reading.isReading()).isTrue();
		assertThat(two.handled).containsExactly(0, 1, 2);
		this.world.settle();
		assertComplete(two);
	}

	@Test
	void aMarkerThatIsLostIsPublishedAgain() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = this.world.start(2);
		this.world.calm();
		two.deaf.put("marker", true);
		one.reading.leave();
		this.world.settle();
		publish(3);
		this.world.settle();
		assertThat(two.handled).isEmpty();
		two.deaf.clear();
		this.world.advance(SharedReading.MARKER_PATIENCE.plusMillis(1));
		assertThat(two.handled).containsExactly(0, 1, 2);
		publish(3);
		this.world.settle();
		assertThat(two.reading.isReading()).isTrue();
		assertComplete(two);
		assertThat(one.left).isTrue();
	}

	@Test
	void aReaderThatIsKilledLeavesNothingTwice() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = this.world.start(2);
		WorkerOfHost three = this.world.start(3);
		this.world.calm();
		publish(5);
		arriveAll("redis>1@host");
		this.world.arrive("1@host>2@host");
		this.world.arrive("1@host>2@host");
		one.kill();
		this.world.calm();
		// One of three kinds of messages is in the stream of those that do not read
		assertThat(two.handled).containsExactly(0, 1, 2, 3, 4);
		int first = this.world.published;
		publish(3);
		this.world.settle();
		for (WorkerOfHost worker : List.of(two, three)) {
			assertThat(worker.handled).doesNotHaveDuplicates().isSorted();
			assertThat(worker.handled).contains(first, first + 1, first + 2);
		}
		assertThat(three.reading.isFollowing()).isTrue();
	}

	@Test
	void aReaderThatLosesRedisAloneIsLeft() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = this.world.start(2);
		this.world.calm();
		one.reading.onUp(false);
		this.world.settle();
		this.world.advance(SharedReading.DOWN_PATIENCE.plusMillis(1));
		this.world.settle();
		assertThat(two.reading.isReading()).isTrue();
		assertThat(one.reading.followers()).isZero();
		publish(3);
		this.world.settle();
		assertThat(two.handled).containsExactly(0, 1, 2);
		one.reading.onUp(true);
		this.world.settle();
		this.world.calm();
		assertThat(two.reading.isFollowing()).isTrue();
	}

	@Test
	void followersStayWhenAllLoseRedisForAWhile() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = this.world.start(2);
		this.world.calm();
		this.world.redis = false;
		one.reading.onUp(false);
		two.reading.onUp(false);
		this.world.settle();
		this.world.advance(Duration.ofSeconds(30));
		this.world.redis = true;
		two.reading.onUp(true);
		this.world.advance(Duration.ofMillis(250));
		one.reading.onUp(true);
		this.world.calm();
		assertThat(two.reading.isFollowing()).isTrue();
		publish(3);
		this.world.settle();
		assertComplete(one, two);
	}

	@Test
	void whoReturnsWhileRedisIsAwayReadsWhenItIsBack() {
		WorkerOfHost one = this.world.start(1);
		WorkerOfHost two = this.world.start(2);
		this.world.calm();
		this.world.redis = false;
		two.reading.onUp(false);
		one.kill();
		this.world.settle();
		this.world.advance(Duration.ofSeconds(5));
		this.world.redis = true;
		two.reading.onUp(true);
		this.world.settle();
		assertThat(two.reading.isReading()).isTrue();
		publish(3);
		this.world.settle();
		assertThat(two.handled).containsExactly(0, 1, 2);
	}

	@Test
	void anOlderReaderThatComesLaterIsFollowedByAll() {
		WorkerOfHost two = this.world.start(2);
		WorkerOfHost three = this.world.start(3);
		this.world.calm();
		WorkerOfHost one = this.world.start(1);
		this.world.settle();
		publish(3);
		this.world.calm();
		this.world.calm();
		assertThat(one.reading.followers()).isEqualTo(2);
		publish(3);
		this.world.settle();
		assertComplete(one, two, three);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })
	void nothingIsLostTwiceOrOutOfOrderWhoeverComesAndLeaves(long seed) {
		Random random = new Random(seed);
		List<WorkerOfHost> all = new ArrayList<>();
		int steps = 20_000;
		for (int i = 0; i < steps; i++) {
			int choice = random.nextInt(400);
			if (choice == 0 && this.world.workers.size() < 5) {
				all.add(this.world.start(all.size() + 1));
			}
			else if (choice == 1 && this.world.workers.size() > 1) {
				WorkerOfHost leaver = List.copyOf(this.world.workers.values())
					.get(random.nextInt(this.world.workers.size()));
				leaver.reading.leave();
			}
			else if (choice < 20) {
				this.world.advance(Duration.ofMillis(10));
			}
			else if (choice < 80) {
				this.world.publish();
			}
			else {
				this.world.arrive(random);
			}
		}
		this.world.settle();
		// Those that could not follow for some time try again
		this.world.advance(SharedReading.JOIN_PAUSE);
		this.world.calm();
		assertThat(all).hasSizeGreaterThan(20);
		assertThat(this.world.workers.values().stream().filter((worker) -> worker.reading.isReading())).hasSize(1);
		publish(10);
		this.world.settle();
		assertThat(all.stream().mapToInt((worker) -> worker.relayed).sum()).isPositive();
		for (WorkerOfHost worker : all) {
			if (worker.since >= 0 && !worker.handled.isEmpty()) {
				// Before Redis has confirmed, some kinds of messages come
				List<Integer> complete = worker.handled.stream().filter((number) -> number >= worker.since).toList();
				int end = worker.left ? worker.since + complete.size() : this.world.published;
				assertThat(complete).as(worker.id).isEqualTo(IntStream.range(worker.since, end).boxed().toList());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void nothingIsHandledTwiceOrOutOfOrderWhoeverIsKilled(long seed) {
		Random random = new Random(seed);
		List<WorkerOfHost> all = new ArrayList<>();
		int steps = 20_000;
		for (int i = 0; i < steps; i++) {
			int choice = random.nextInt(400);
			if (choice == 0 && this.world.workers.size() < 5) {
				all.add(this.world.start(all.size() + 1));
			}
			else if (choice == 1 && this.world.workers.size() > 1) {
				List.copyOf(this.world.workers.values()).get(random.nextInt(this.world.workers.size())).kill();
			}
			else if (choice < 20) {
				this.world.advance(Duration.ofMillis(10));
			}
			else if (choice < 80) {
				this.world.publish();
			}
			else {
				this.world.arrive(random);
			}
		}
		this.world.settle();
		this.world.calm();
		int first = this.world.published;
		publish(10);
		this.world.settle();
		for (WorkerOfHost worker : all) {
			assertThat(worker.handled).as(worker.id).doesNotHaveDuplicates().isSorted();
		}
		for (WorkerOfHost worker : this.world.workers.values()) {
			assertThat(worker.handled).containsAll(IntStream.range(first, first + 10).boxed().toList());
		}
	}

	/**
	 * Start another worker, up to the moment when it wants to follow.
	 */
	private WorkerOfHost startUntilMarkerIsInRedis() {
		this.world.settle();
		WorkerOfHost worker = this.world.start(2);
		this.world.settle();
		this.world.advance(Duration.ofMillis(250));
		arriveAll("2@host>1@host");
		arriveAll("2@host>redis");
		return worker;
	}

	private void arriveAll(String way) {
		while (this.world.arrive(way)) {
			assertThat(way).isNotNull();
		}
	}

	private void publish(int count) {
		for (int i = 0; i < count; i++) {
			this.world.publish();
		}
	}

	private void assertComplete(WorkerOfHost... workers) {
		for (WorkerOfHost worker : workers) {
			assertThat(worker.handled).as(worker.id)
				.isEqualTo(IntStream.range(0, this.world.published).boxed().toList());
		}
	}

}
