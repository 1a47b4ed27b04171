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

package io.github.socketioboot.cluster.primary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.github.socketioboot.cluster.link.LinkFrame.Ready;
import io.github.socketioboot.cluster.link.RecordingLink;
import io.github.socketioboot.cluster.primary.PrimaryConfig.LoadBalancing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RouterTests {

	private static final Set<Integer> NONE_FAILED = Set.of();

	private final WorkerTable workers = new WorkerTable(new Random(1));

	private long now = 1_000_000_000_000L;

	@Test
	void leadsASessionToItsWorker() {
		List<WorkerEntry> entries = ready(3);
		Router router = router(LoadBalancing.ROUND_ROBIN);
		for (WorkerEntry entry : entries) {
			assertThat(router.route(entry.sidPrefix() + "0123456789abcdef", null, true, NONE_FAILED)).isSameAs(entry);
		}
	}

	@Test
	void leadsASessionToItsWorkerWhileThatDrains() {
		WorkerEntry entry = ready(3).get(1);
		entry.drain();
		this.workers.refresh();
		Router router = router(LoadBalancing.ROUND_ROBIN);
		assertThat(router.route(entry.sidPrefix() + "0123456789abcdef", null, true, NONE_FAILED)).isSameAs(entry);
		for (int i = 0; i < 10; i++) {
			assertThat(router.route(null, null, true, NONE_FAILED)).isNotSameAs(entry);
		}
	}

	@Test
	void leadsTheSessionOfAnEndedWorkerToAnother() {
		WorkerEntry entry = ready(2).get(0);
		this.workers.remove(entry.number());
		assertThat(router(LoadBalancing.ROUND_ROBIN).route(entry.sidPrefix() + "0123456789abcdef", null, true,
				NONE_FAILED))
			.isNotNull()
			.isNotSameAs(entry);
	}

	@ParameterizedTest
	@EnumSource(LoadBalancing.class)
	void knowsNoWorkerBeforeOneIsReady(LoadBalancing balancing) {
		WorkerEntry entry = this.workers.add(0, 1);
		Router router = router(balancing);
		assertThat(router.route(null, null, true, NONE_FAILED)).isNull();
		assertThat(router.route(entry.sidPrefix() + "0123456789abcdef", null, true, NONE_FAILED)).isNull();
		assertThat(router.route("abc", "1.2.3.4", true, NONE_FAILED)).isNull();
	}

	@ParameterizedTest
	@EnumSource(LoadBalancing.class)
	void avoidsWorkersThatHaveFailed(LoadBalancing balancing) {
		List<WorkerEntry> entries = ready(3);
		Router router = router(balancing);
		Set<Integer> failed = Set.of(entries.get(0).number(), entries.get(2).number());
		for (int i = 0; i < 20; i++) {
			assertThat(router.route(null, null, true, failed)).isSameAs(entries.get(1));
			assertThat(router.route(entries.get(0).sidPrefix() + "0123456789abcdef", null, true, failed))
				.isSameAs(entries.get(1));
		}
		assertThat(router.route(null, null, true, Set.of(1, 2, 3))).isNull();
	}

	@Test
	void spreadsARushThatNoWorkerHasCountedYet() {
		List<WorkerEntry> entries = ready(3);
		Map<WorkerEntry, Integer> counts = route(router(LoadBalancing.LEAST_CONNECTION), 300);
		assertThat(entries).allSatisfy((entry) -> assertThat(counts.get(entry)).isEqualTo(100));
	}

	@Test
	void countsOnlyWhatMayBecomeASession() {
		List<WorkerEntry> entries = ready(2);
		Router router = router(LoadBalancing.LEAST_CONNECTION);
		for (int i = 0; i < 21; i++) {
			router.route(null, null, false, NONE_FAILED);
		}
		entries.get(0).load().told(1, 1);
		assertThat(router.route(null, null, true, NONE_FAILED)).isSameAs(entries.get(1));
	}

	@Test
	void fillsTheEmptiestWorkerFirst() {
		List<WorkerEntry> entries = ready(3);
		entries.get(0).load().told(30, 30);
		entries.get(1).load().told(20, 20);
		Map<WorkerEntry, Integer> counts = route(router(LoadBalancing.LEAST_CONNECTION), 40);
		assertThat(counts.getOrDefault(entries.get(0), 0)).isZero();
		assertThat(counts.get(entries.get(1))).isEqualTo(10);
		assertThat(counts.get(entries.get(2))).isEqualTo(30);
	}

	@Test
	void countsNothingTwiceOnceTheWorkerHasTold() {
		List<WorkerEntry> entries = ready(2);
		Router router = router(LoadBalancing.LEAST_CONNECTION);
		route(router, 20);
		entries.get(0).load().told(10, 10);
		entries.get(1).load().told(2, 10);
		assertThat(entries.get(0).load().value(this.now)).isEqualTo(10);
		assertThat(entries.get(1).load().value(this.now)).isEqualTo(2);
		assertThat(route(router, 8)).containsEntry(entries.get(1), 8);
	}

	@Test
	void forgetsWhatBecameNoSession() {
		WorkerEntry entry = ready(1).get(0);
		route(router(LoadBalancing.LEAST_CONNECTION), 5);
		assertThat(entry.load().value(this.now + WorkerLoad.EXPIRY_NANOS)).isEqualTo(5);
		assertThat(entry.load().value(this.now + WorkerLoad.EXPIRY_NANOS + 1)).isZero();
	}

	@Test
	void doesNotForgetWhatAWorkerHasNotTakenOver() {
		WorkerEntry entry = ready(1).get(0);
		entry.load().onTheWay(7);
		assertThat(entry.load().value(this.now + 2 * WorkerLoad.EXPIRY_NANOS)).isEqualTo(7);
	}

	@Test
	void takesTurns() {
		List<WorkerEntry> entries = ready(3);
		Router router = router(LoadBalancing.ROUND_ROBIN);
		List<@Nullable WorkerEntry> chosen = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			chosen.add(router.route(null, null, true, NONE_FAILED));
		}
		List<WorkerEntry> expected = new ArrayList<>(entries);
		expected.addAll(entries);
		assertThat(chosen).containsExactlyElementsOf(expected);
	}

	@Test
	void usesAllWorkersAtRandom() {
		List<WorkerEntry> entries = ready(3);
		Map<WorkerEntry, Integer> counts = route(router(LoadBalancing.RANDOM), 3000);
		assertThat(entries).allSatisfy((entry) -> assertThat(counts.get(entry)).isBetween(900, 1100));
	}

	@Test
	void keepsAnAddressTogether() {
		ready(4);
		Router router = router(LoadBalancing.ROUND_ROBIN);
		Map<String, WorkerEntry> chosen = new HashMap<>();
		Map<WorkerEntry, Integer> counts = new HashMap<>();
		for (int i = 0; i < 400; i++) {
			String address = "10.0." + (i / 20) + "." + (i % 20);
			WorkerEntry worker = router.route(null, address, true, NONE_FAILED);
			assertThat(worker).isNotNull();
			chosen.put(address, worker);
			counts.merge(worker, 1, Integer::sum);
		}
		assertThat(counts.values()).hasSize(4).allSatisfy((count) -> assertThat(count).isBetween(60, 140));
		WorkerEntry gone = chosen.get("10.0.0.0");
		assertThat(gone).isNotNull();
		gone.drain();
		this.workers.refresh();
		chosen.forEach((address, worker) -> {
			WorkerEntry now = router.route(null, address, true, NONE_FAILED);
			if (worker == gone) {
				assertThat(now).isNotSameAs(gone);
			}
			else {
				assertThat(now).isSameAs(worker);
			}
		});
	}

	@Test
	void keepsAnAddressOnItsPlaceWhenTheProcessThereIsReplaced() {
		List<WorkerEntry> old = ready(3);
		Router router = router(LoadBalancing.LEAST_CONNECTION);
		WorkerEntry before = router.route(null, "192.168.1.7", true, NONE_FAILED);
		assertThat(before).isNotNull();
		List<WorkerEntry> successors = ready(3);
		old.forEach(WorkerEntry::drain);
		this.workers.refresh();
		assertThat(router.route(null, "192.168.1.7", true, NONE_FAILED)).isSameAs(successors.get(before.index()));
	}

	private Router router(LoadBalancing balancing) {
		return new Router(this.workers, balancing, new Random(2), () -> this.now);
	}

	private Map<WorkerEntry, Integer> route(Router router, int times) {
		Map<WorkerEntry, Integer> counts = new HashMap<>();
		for (int i = 0; i < times; i++) {
			WorkerEntry worker = router.route(null, null, true, NONE_FAILED);
			assertThat(worker).isNotNull();
			counts.merge(worker, 1, Integer::sum);
		}
		return counts;
	}

	private List<WorkerEntry> ready(int count) {
		List<WorkerEntry> entries = new ArrayList<>();
		int number = 1;
		for (WorkerEntry entry : this.workers.all()) {
			number = Math.max(number, entry.number() + 1);
		}
		for (int i = 0; i < count; i++) {
			WorkerEntry entry = this.workers.add(i, number + i);
			entry.link(new RecordingLink(number + i));
			entry.ready(new Ready(0, 0, "unused"));
			entries.add(entry);
		}
		this.workers.refresh();
		return entries;
	}

}
