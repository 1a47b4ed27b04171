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

package io.github.socketioboot.autoconfigure.metrics;

import io.github.socketioboot.autoconfigure.cluster.Hosts;
import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

class HostMetersTests {

	private final Worker worker = Mockito.mock(Worker.class);

	private final HostMeters meters = new HostMeters(this.worker);

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@BeforeEach
	void bind() {
		Mockito.when(this.worker.identity()).thenReturn(Hosts.IDENTITY);
		this.meters.bindTo(this.registry);
	}

	@Test
	void statesAndRestartsAreThoseOfTheHost() {
		assertThat(workers("ready")).isZero();
		tell(Hosts.host(3, false, WorkerState.READY, WorkerState.BACKOFF, WorkerState.READY));
		assertThat(workers("ready")).isEqualTo(2);
		assertThat(workers("backoff")).isEqualTo(1);
		assertThat(workers("errored")).isZero();
		assertThat(this.registry.get("socketio.worker.restarts").functionCounter().count()).isEqualTo(3);
	}

	@Test
	void gaugesOfOtherWorkersAreShownWithTheirInstance() {
		tell(Hosts.host(3, false, WorkerState.READY, WorkerState.READY, WorkerState.READY));
		assertThat(sockets("1")).isEqualTo(3);
		assertThat(sockets("2")).isEqualTo(4);
		assertThat(this.registry.find("socketio.sockets").tag("instance", "0").gauge()).isNull();
	}

	@Test
	void gaugesOfWorkersThatAreGoneAreRemoved() {
		tell(Hosts.host(3, false, WorkerState.READY, WorkerState.READY, WorkerState.READY));
		tell(Hosts.host(2, false, WorkerState.READY, WorkerState.READY));
		assertThat(sockets("1")).isEqualTo(3);
		assertThat(this.registry.find("socketio.sockets").tag("instance", "2").gauge()).isNull();
	}

	@Test
	void registryThatComesLaterHasTheGaugesToo() {
		tell(Hosts.host(2, false, WorkerState.READY, WorkerState.READY));
		MeterRegistry later = new SimpleMeterRegistry();
		this.meters.bindTo(later);
		assertThat(later.get("socketio.sockets").tag("instance", "1").gauge().value()).isEqualTo(3);
		assertThat(later.get("socketio.workers").tag("state", "ready").gauge().value()).isEqualTo(2);
	}

	private void tell(HostStatus host) {
		Mockito.when(this.worker.host()).thenReturn(host);
		this.meters.onHost(host);
	}

	private double workers(String state) {
		return this.registry.get("socketio.workers").tag("state", state).gauge().value();
	}

	private double sockets(String instance) {
		return this.registry.get("socketio.sockets").tag("instance", instance).tag("namespace", "/").gauge().value();
	}

}
