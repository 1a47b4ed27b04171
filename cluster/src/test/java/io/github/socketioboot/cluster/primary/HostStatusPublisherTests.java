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

import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.LinkFrame.Host;
import io.github.socketioboot.cluster.link.LinkFrame.Ready;
import io.github.socketioboot.cluster.link.RecordingLink;
import io.github.socketioboot.cluster.supervisor.ReloadStatus;
import io.github.socketioboot.cluster.supervisor.SupervisorStatus;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.cluster.supervisor.WorkerStatus;
import io.netty.channel.DefaultEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HostStatusPublisherTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final DefaultEventLoop loop = new DefaultEventLoop();

	private final WorkerTable workers = new WorkerTable(new Random(1));

	private final RecordingLink link = new RecordingLink(1);

	private final WorkerEntry worker = this.workers.add(0, 1);

	private HostStatusPublisher publisher;

	@BeforeEach
	void create() {
		this.worker.link(this.link);
		this.publisher = new HostStatusPublisher(this.loop, this.workers,
				new HostStatus(7, 0, "127.0.0.1", 9092, 1, false, true, List.of(), ReloadStatus.NONE), status(1),
				(number) -> 1000L * number, new ResidentSize());
	}

	@AfterEach
	void close() {
		this.loop.shutdownGracefully();
	}

	@Test
	void tellsOfAChangeAtOnce() throws Exception {
		run(() -> this.publisher.status(status(2)));
		assertThat(hosts()).singleElement().satisfies((host) -> {
			assertThat(host.instances()).isEqualTo(2);
			assertThat(host.pid()).isEqualTo(7);
			assertThat(host.port()).isEqualTo(9092);
			assertThat(host.workers()).singleElement().satisfies((view) -> {
				assertThat(view.memory()).isEqualTo(1000);
				assertThat(view.status().state()).isEqualTo(WorkerState.READY);
			});
		});
	}

	@Test
	void tellsPrefixesOfWorkersThatCanBeReached() throws Exception {
		run(() -> this.publisher.publishNow());
		this.worker.ready(new Ready(0, 0, "unused"));
		run(() -> this.publisher.publishNow());
		assertThat(hosts()).extracting((host) -> host.workers().get(0).sidPrefix())
			.containsExactly("", this.worker.sidPrefix());
	}

	@Test
	void tellsOfManyChangesAFewTimesASecond() throws Exception {
		long begin = System.nanoTime();
		for (int i = 1; i <= 1000; i++) {
			int instances = i;
			run(() -> this.publisher.status(status(instances)));
		}
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(hosts()).last().extracting(HostStatus::instances).isEqualTo(1000));
		long millis = (System.nanoTime() - begin) / 1_000_000;
		assertThat(hosts().size()).isLessThanOrEqualTo((int) (millis / 200) + 2);
	}

	@Test
	void tellsOfReportsOnceASecond() throws Exception {
		long begin = System.nanoTime();
		for (int i = 1; i <= 1000; i++) {
			run(() -> this.publisher.onReport());
		}
		await().atMost(LIMIT).untilAsserted(() -> assertThat(hosts()).hasSizeGreaterThanOrEqualTo(2));
		long millis = (System.nanoTime() - begin) / 1_000_000;
		assertThat(hosts().size()).isLessThanOrEqualTo((int) (millis / 1000) + 2);
	}

	@Test
	void doesNotLetReportsDelayChanges() throws Exception {
		run(() -> {
			this.publisher.publishNow();
			this.publisher.onReport();
			this.publisher.status(status(5));
		});
		long begin = System.nanoTime();
		await().atMost(LIMIT)
			.pollInterval(Duration.ofMillis(5))
			.untilAsserted(() -> assertThat(hosts()).last().extracting(HostStatus::instances).isEqualTo(5));
		assertThat(hosts()).hasSize(2);
		assertThat(System.nanoTime() - begin).isPositive();
	}

	@Test
	void saysThatTheHostDrains() throws Exception {
		run(() -> this.publisher.draining());
		assertThat(hosts()).last().extracting(HostStatus::draining).isEqualTo(true);
	}

	private void run(Runnable task) throws Exception {
		this.loop.submit(task).get();
	}

	private List<HostStatus> hosts() {
		return this.link.frames.stream().map((frame) -> ((Host) frame).status()).toList();
	}

	private static SupervisorStatus status(int instances) {
		return new SupervisorStatus(instances, List.of(new WorkerStatus(0, 1, 77, WorkerState.READY, 5, 0, "")),
				ReloadStatus.NONE);
	}

}
