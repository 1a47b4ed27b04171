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

package io.github.socketioboot.autoconfigure.cluster;

import java.util.List;

import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.HostStatus.WorkerView;
import io.github.socketioboot.cluster.link.WorkerReport;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.cluster.supervisor.WorkerStatus;

/**
 * A worker as health and the endpoint show it. Immutable.
 *
 * @param index place of the worker, from 0
 * @param number number of the process, from 1
 * @param pid process id, or 0 if there is no process
 * @param state {@code starting}, {@code ready}, {@code draining}, {@code stopping},
 * {@code backoff} or {@code errored}
 * @param sessions open sessions
 * @param sockets connected sockets of all namespaces
 * @param received events received from clients since its start
 * @param sent packets sent to clients since its start
 * @param memory resident size, in bytes, or 0 if it is not known
 * @param uptime time since its start, in milliseconds, or 0 if there is no process
 * @param restarts how often a process took this place after the first one
 * @param reason why it is in this state if that is worth telling, or an empty text
 * @since 0.1.0
 */
public record WorkerDescription(int index, int number, long pid, String state, int sessions, int sockets, long received,
		long sent, long memory, long uptime, int restarts, String reason) {

	/**
	 * Describe the workers of a host, but those that have ended for good.
	 * @param host the host
	 * @param now time in milliseconds since 1970
	 * @return the workers, by index
	 */
	public static List<WorkerDescription> of(HostStatus host, long now) {
		return host.workers()
			.stream()
			.filter((worker) -> worker.status().state() != WorkerState.STOPPED)
			.map((worker) -> of(worker, now))
			.toList();
	}

	private static WorkerDescription of(WorkerView worker, long now) {
		WorkerStatus status = worker.status();
		WorkerReport report = worker.report();
		long uptime = (status.pid() != 0 && status.startedAt() > 0) ? Math.max(0, now - status.startedAt()) : 0;
		return new WorkerDescription(status.index(), status.number(), status.pid(), status.state().label(),
				report.sessions(), report.sockets(), report.received(), report.sent(), worker.memory(), uptime,
				status.restarts(), status.reason());
	}

	/**
	 * Return how many places have a worker that serves.
	 * @param host the host
	 * @return the number
	 */
	public static int ready(HostStatus host) {
		return (int) host.workers()
			.stream()
			.map(WorkerView::status)
			.filter((status) -> status.state() == WorkerState.READY)
			.mapToInt(WorkerStatus::index)
			.distinct()
			.count();
	}

}
