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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.HostStatus.WorkerView;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.link.WorkerReport;
import io.github.socketioboot.cluster.link.WorkerReport.Sample;
import io.github.socketioboot.cluster.supervisor.ReloadStatus;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.cluster.supervisor.WorkerStatus;

/**
 * Hosts for tests. The worker with index i has number i + 1 and i + 2 sockets.
 */
public final class Hosts {

	/**
	 * The first worker.
	 */
	public static final WorkerIdentity IDENTITY = new WorkerIdentity(Path.of("private"), "secret", "host", 0, 1,
			"abcd");

	private Hosts() {
	}

	public static HostStatus host(int instances, boolean draining, WorkerState... states) {
		List<WorkerView> workers = new ArrayList<>();
		for (int index = 0; index < states.length; index++) {
			WorkerStatus status = new WorkerStatus(index, index + 1, 100 + index, states[index],
					System.currentTimeMillis() - 5000, index, "");
			workers.add(new WorkerView(status, "abc" + index, 1000,
					new WorkerReport(index + 1, index + 2, 7, 8, false,
							List.of(new Sample("socketio.sockets", Map.of("namespace", "/"), index + 2),
									new Sample("socketio.rooms", Map.of(), index)))));
		}
		return new HostStatus(99, 2000, "0.0.0.0", 9092, instances, draining, true, workers,
				new ReloadStatus(3, "aborted", "worker 1 ended"));
	}

}
