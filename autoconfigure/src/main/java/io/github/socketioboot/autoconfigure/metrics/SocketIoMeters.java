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

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.socketioboot.autoconfigure.SocketIoServerCustomizer;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.bridge.EngineSocketIOServerBuilder;
import io.github.socketioboot.engine.namespace.EventObserver;
import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.namespace.Socket;
import io.github.socketioboot.engine.namespace.SocketIoEngine;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.RefusalReason;
import io.github.socketioboot.engine.transport.TransportName;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Binds what the server counts. Values are read when the registry asks. Namespaces that
 * are added later get their meter then; names of namespaces are the application's, so
 * that there are not many. Thread-safe.
 */
class SocketIoMeters implements MeterBinder, SocketIoServerCustomizer, EventObserver {

	private final ObjectProvider<EngineSocketIOServer> server;

	private final Tags tags;

	private final List<EventMeters> events = new CopyOnWriteArrayList<>();

	private final Set<String> namespaces = ConcurrentHashMap.newKeySet();

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	/**
	 * Create meters.
	 * @param server the server, which may be created later
	 * @param tags tags of this process
	 */
	SocketIoMeters(ObjectProvider<EngineSocketIOServer> server, Tags tags) {
		this.server = server;
		this.tags = tags;
	}

	@Override
	public void customize(EngineSocketIOServerBuilder builder) {
		builder.namespaceCustomizer((namespace) -> add(namespace.namespace().name())).eventObserver(this);
	}

	@Override
	public Handling onReceive(Socket socket, String event) {
		long start = System.nanoTime();
		return (outcome) -> {
			long nanos = System.nanoTime() - start;
			this.events.forEach((meters) -> meters.received(event, outcome, nanos));
		};
	}

	@Override
	public void onEmitted(String namespace, String event, EventOutcome outcome) {
		this.events.forEach((meters) -> meters.emitted(event, outcome));
	}

	private void add(String namespace) {
		if (this.namespaces.add(namespace)) {
			this.registries.forEach((registry) -> bindSockets(registry, engine(), namespace));
		}
	}

	private SocketIoEngine engine() {
		return this.server.getObject().engine();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		EngineSocketIOServer server = this.server.getObject();
		EngineStatistics statistics = server.statistics();
		for (TransportName transport : TransportName.values()) {
			Gauge.builder("socketio.connections", statistics, (counts) -> counts.sessions(transport))
				.description("Open connections")
				.tags(this.tags.and("transport", transport.value()))
				.register(registry);
		}
		Gauge.builder("socketio.rooms", server.engine(), SocketIoMeters::rooms)
			.description("Rooms with clients in them")
			.tags(this.tags)
			.register(registry);
		FunctionCounter.builder("socketio.outbound.bytes", statistics, EngineStatistics::outboundBytes)
			.description("Packets handed to clients' transports")
			.baseUnit(BaseUnits.BYTES)
			.tags(this.tags)
			.register(registry);
		for (RefusalReason reason : RefusalReason.values()) {
			FunctionCounter.builder("socketio.refused", statistics, (counts) -> counts.refused(reason))
				.description("What clients were refused")
				.tags(this.tags.and("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-')))
				.register(registry);
		}
		for (CloseReason reason : CloseReason.values()) {
			FunctionCounter.builder("socketio.disconnects", statistics, (counts) -> counts.closed(reason))
				.description("Connections that ended")
				.tags(this.tags.and("reason", reason.text()))
				.register(registry);
		}
		this.events.add(new EventMeters(registry, this.tags));
		this.registries.add(registry);
		server.engine().namespaces().forEach((namespace) -> this.namespaces.add(namespace.name()));
		this.namespaces.forEach((namespace) -> bindSockets(registry, server.engine(), namespace));
	}

	private void bindSockets(MeterRegistry registry, SocketIoEngine engine, String namespace) {
		Gauge.builder("socketio.sockets", engine, (namespaces) -> sockets(namespaces, namespace))
			.description("Clients in a namespace")
			.tags(this.tags.and("namespace", namespace))
			.register(registry);
	}

	private static double sockets(SocketIoEngine engine, String name) {
		Namespace namespace = engine.find(name);
		return (namespace != null) ? namespace.sockets().size() : 0;
	}

	private static double rooms(SocketIoEngine engine) {
		int rooms = 0;
		for (Namespace namespace : engine.namespaces()) {
			rooms += namespace.rooms().size();
		}
		return rooms;
	}

}
