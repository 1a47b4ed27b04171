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

package io.github.socketioboot.autoconfigure.admin;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.transport.TransportName;
import org.jspecify.annotations.Nullable;

/**
 * What is told of this server every two seconds. Counters of seconds are differences of
 * the engine's counters, so that counting costs nothing. For one thread.
 */
final class AdminStatistics {

	private static final double MILLIS = 1000.0;

	private final EngineSocketIOServer server;

	private final String serverId;

	private final String hostname;

	private final Clock clock;

	private final Map<Counted, Long> totals = new LinkedHashMap<>();

	private final List<Map<String, Object>> aggregated = new ArrayList<>();

	private long second;

	AdminStatistics(EngineSocketIOServer server, String serverId, String hostname, Clock clock) {
		this.server = server;
		this.serverId = serverId;
		this.hostname = hostname;
		this.clock = clock;
		this.totals.putAll(count());
		this.second = secondNow();
	}

	/**
	 * Note what has been counted since the last call, for the second of the last call. To
	 * be called every second.
	 */
	void sample() {
		count().forEach((counted, total) -> {
			long count = total - this.totals.getOrDefault(counted, 0L);
			this.totals.put(counted, total);
			if (count > 0) {
				this.aggregated.add(counted.event(this.second, count));
			}
		});
		this.second = secondNow();
	}

	/**
	 * Report what has been noted since the last report, and how things are now.
	 * @return the object of the protocol
	 */
	Map<String, Object> report() {
		Map<String, Object> report = new LinkedHashMap<>();
		report.put("serverId", this.serverId);
		report.put("hostname", this.hostname);
		report.put("pid", ProcessHandle.current().pid());
		report.put("uptime", ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS);
		report.put("clientsCount", this.server.sessions());
		report.put("pollingClientsCount", Math.max(0, this.server.statistics().sessions(TransportName.POLLING)));
		report.put("aggregatedEvents", List.copyOf(this.aggregated));
		this.aggregated.clear();
		List<Map<String, Object>> namespaces = new ArrayList<>();
		for (Namespace namespace : this.server.engine().namespaces()) {
			namespaces.add(Map.of("name", namespace.name(), "socketsCount", namespace.sockets().size()));
		}
		report.put("namespaces", namespaces);
		return report;
	}

	private Map<Counted, Long> count() {
		EngineStatistics statistics = this.server.statistics();
		Map<Counted, Long> counts = new LinkedHashMap<>();
		counts.put(new Counted("rawConnection", null), statistics.opened());
		for (CloseReason reason : CloseReason.values()) {
			counts.put(new Counted("rawDisconnection", reason.text()), statistics.closed(reason));
		}
		counts.put(new Counted("packetsIn", null), statistics.messagesReceived());
		counts.put(new Counted("packetsOut", null), statistics.messagesSent());
		counts.put(new Counted("bytesIn", null), statistics.messageBytesReceived());
		counts.put(new Counted("bytesOut", null), statistics.messageBytesSent());
		return counts;
	}

	private long secondNow() {
		return this.clock.millis() / 1000 * 1000;
	}

	/**
	 * Something that is counted.
	 *
	 * @param type its type
	 * @param subType its kind, or {@code null}
	 */
	private record Counted(String type, @Nullable String subType) {

		Map<String, Object> event(long timestamp, long count) {
			Map<String, Object> event = new LinkedHashMap<>();
			event.put("timestamp", timestamp);
			event.put("type", this.type);
			if (this.subType != null) {
				event.put("subType", this.subType);
			}
			event.put("count", count);
			return event;
		}

	}

}
