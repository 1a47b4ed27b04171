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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.socketioboot.cluster.link.WorkerReport;
import io.github.socketioboot.cluster.link.WorkerReport.Sample;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.transport.TransportName;

/**
 * Makes a worker's reports, with its gauges by the names and tags of its meters, so that
 * each worker can show those of all. Thread-safe, never blocks.
 */
class WorkerReports implements Supplier<WorkerReport> {

	private final EngineSocketIOServer server;

	WorkerReports(EngineSocketIOServer server) {
		this.server = server;
	}

	@Override
	public WorkerReport get() {
		int sockets = 0;
		int rooms = 0;
		List<Sample> samples = new ArrayList<>();
		for (TransportName transport : TransportName.values()) {
			samples.add(new Sample("socketio.connections", Map.of("transport", transport.value()),
					this.server.statistics().sessions(transport)));
		}
		for (Namespace namespace : this.server.engine().namespaces()) {
			int size = namespace.sockets().size();
			samples.add(new Sample("socketio.sockets", Map.of("namespace", namespace.name()), size));
			sockets += size;
			rooms += namespace.rooms().size();
		}
		samples.add(new Sample("socketio.rooms", Map.of(), rooms));
		return new WorkerReport(this.server.sessions(), sockets, this.server.statistics().eventsReceived(),
				this.server.statistics().packetsSent(), !this.server.isReady(), samples);
	}

}
