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

package io.github.socketioboot.cluster.link;

import java.util.List;

import io.github.socketioboot.cluster.supervisor.ReloadStatus;
import io.github.socketioboot.cluster.supervisor.WorkerStatus;

/**
 * How all workers of a host are doing. Immutable.
 *
 * @param pid process id of the primary
 * @param memory resident size of the primary, in bytes, or 0 if it is not known
 * @param host address of the public Socket.IO port
 * @param port public Socket.IO port
 * @param instances how many workers are asked for
 * @param draining whether the whole host takes no sessions
 * @param descriptors whether connections are handed over by descriptor, not proxied
 * @param workers the workers, by index
 * @param reload the latest reload
 * @since 0.1.0
 */
public record HostStatus(long pid, long memory, String host, int port, int instances, boolean draining,
		boolean descriptors, List<WorkerView> workers, ReloadStatus reload) {

	/**
	 * Create a status.
	 */
	public HostStatus {
		workers = List.copyOf(workers);
	}

	/**
	 * A worker: what its supervisor knows, and its own report. Immutable.
	 *
	 * @param status what its supervisor knows
	 * @param sidPrefix what the ids of its sessions begin with
	 * @param memory resident size, in bytes, or 0 if it is not known
	 * @param report its report
	 */
	public record WorkerView(WorkerStatus status, String sidPrefix, long memory, WorkerReport report) {

	}

}
