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

package io.github.socketioboot.cluster.local;

import java.util.Set;
import java.util.stream.Collectors;

import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * The other workers of this host, as the primary told last. Thread-safe.
 */
final class Neighbours {

	/**
	 * States of workers that have sessions, if they have a prefix: that of one which has
	 * just become ready is told before its new state.
	 */
	private static final Set<WorkerState> SERVING = Set.of(WorkerState.STARTING, WorkerState.READY,
			WorkerState.DRAINING, WorkerState.STOPPING);

	private final WorkerIdentity identity;

	private volatile View view = new View(null, Set.of(), false);

	private volatile boolean draining;

	Neighbours(WorkerIdentity identity) {
		this.identity = identity;
	}

	/**
	 * Note how the host is doing.
	 * @param status its status
	 */
	void onHost(HostStatus status) {
		Set<String> prefixes = status.workers()
			.stream()
			.filter((worker) -> isOther(worker) && SERVING.contains(worker.status().state()))
			.map(HostStatus.WorkerView::sidPrefix)
			.collect(Collectors.toUnmodifiableSet());
		boolean othersReady = status.workers()
			.stream()
			.anyMatch((worker) -> isOther(worker) && worker.status().state() == WorkerState.READY);
		this.view = new View(status, prefixes, othersReady && !status.draining());
	}

	/**
	 * Note that this worker takes no new sessions.
	 */
	void onDrain() {
		this.draining = true;
	}

	/**
	 * Return how the host is doing.
	 * @return its status, or {@code null} if it is not known yet
	 */
	@Nullable HostStatus status() {
		return this.view.status();
	}

	/**
	 * Return whether another worker has a session.
	 * @param sid id of the session
	 * @return {@code true} if it begins like those of another worker
	 */
	boolean have(String sid) {
		int length = this.identity.sidPrefix().length();
		return sid.length() > length && this.view.prefixes().contains(sid.substring(0, length));
	}

	/**
	 * Return whether another worker takes new sessions in place of this one.
	 * @return {@code true} if this one drains and another is ready
	 */
	boolean takeNewSessions() {
		return this.draining && areReady();
	}

	/**
	 * Return whether another worker takes new sessions.
	 * @return {@code true} if one is ready and the host does not drain
	 */
	boolean areReady() {
		return this.view.ready();
	}

	private boolean isOther(HostStatus.WorkerView worker) {
		return worker.status().number() != this.identity.number();
	}

	private record View(@Nullable HostStatus status, Set<String> prefixes, boolean ready) {

	}

}
