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

package io.github.socketioboot.autoconfigure.endpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

import io.github.socketioboot.autoconfigure.SocketIoServerDrain;
import io.github.socketioboot.autoconfigure.cluster.WorkerDescription;
import io.github.socketioboot.autoconfigure.endpoint.ServerDescription.NamespaceDescription;
import io.github.socketioboot.autoconfigure.endpoint.ServerDescription.PrimaryDescription;
import io.github.socketioboot.autoconfigure.endpoint.ServerDescription.Server;
import io.github.socketioboot.cluster.ClusterMember;
import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.LinkFrame.Command.Action;
import io.github.socketioboot.cluster.link.LinkFrame.CommandResult;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.namespace.Namespace;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * {@link Endpoint} that shows the server and, in a worker, all of its host, and passes
 * orders on to the primary. Orders need {@code unrestricted} access. Thread-safe; orders
 * wait for the primary's word, not for what they begin.
 *
 * @since 0.1.0
 */
@Endpoint(id = "socketio", defaultAccess = Access.READ_ONLY)
public class SocketIoEndpoint {

	/**
	 * Rooms that are shown of a namespace.
	 */
	private static final int MAX_ROOMS = 100;

	/**
	 * Most workers that can be asked for.
	 */
	private static final int MAX_INSTANCES = 1024;

	private static final int STATUS_ACCEPTED = 202;

	private static final int STATUS_CONFLICT = 409;

	private final EngineSocketIOServer server;

	private final SocketIoServerDrain drain;

	private final @Nullable Worker worker;

	private final @Nullable ClusterMember member;

	SocketIoEndpoint(EngineSocketIOServer server, SocketIoServerDrain drain, @Nullable Worker worker,
			@Nullable ClusterMember member) {
		this.server = server;
		this.drain = drain;
		this.worker = worker;
		this.member = member;
	}

	/**
	 * Show the server.
	 * @return what is shown
	 */
	@ReadOperation
	public Object server() {
		Worker worker = this.worker;
		HostStatus host = (worker != null) ? worker.host() : null;
		Map<String, NamespaceDescription> namespaces = namespaces(host);
		Server self = new Server((worker != null) ? "worker" : "single",
				(worker != null) ? worker.identity().index() : 0, ProcessHandle.current().pid(), this.server.port(),
				this.server.isDraining() || (host != null && host.draining()), this.server.sessions(),
				namespaces.values().stream().mapToInt(NamespaceDescription::sockets).sum());
		if (host == null) {
			return new ServerDescription(self, namespaces, null, null, null, null, null);
		}
		return new ServerDescription(self, namespaces, host.instances(),
				new PrimaryDescription(host.pid(), host.memory(), host.descriptors()),
				WorkerDescription.of(host, System.currentTimeMillis()),
				(this.member != null) ? new ArrayList<>(new TreeSet<>(this.member.members())) : null, host.reload());
	}

	private Map<String, NamespaceDescription> namespaces(@Nullable HostStatus host) {
		Map<String, NamespaceDescription> namespaces = new TreeMap<>();
		for (Namespace namespace : this.server.engine().namespaces()) {
			int sockets = namespace.sockets().size();
			List<String> rooms = new ArrayList<>(namespace.rooms());
			Map<String, Integer> sizes = new LinkedHashMap<>();
			rooms.stream()
				.map((room) -> Map.entry(room, namespace.size(room)))
				.sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
					.thenComparing(Map.Entry.comparingByKey()))
				.limit(MAX_ROOMS)
				.forEach((room) -> sizes.put(room.getKey(), room.getValue()));
			namespaces.put(namespace.name(), new NamespaceDescription(sockets,
					sockets + otherSockets(host, namespace.name()), sizes, rooms.size()));
		}
		return namespaces;
	}

	private int otherSockets(@Nullable HostStatus host, String namespace) {
		if (host == null || this.worker == null) {
			return 0;
		}
		int self = this.worker.identity().number();
		return (int) host.workers()
			.stream()
			.filter((worker) -> worker.status().number() != self)
			.flatMap((worker) -> worker.report().samples().stream())
			.filter((sample) -> sample.name().equals("socketio.sockets")
					&& namespace.equals(sample.tags().get("namespace")))
			.mapToDouble((sample) -> sample.value())
			.sum();
	}

	/**
	 * Carry out an order without further words.
	 * @param order {@code reload} or {@code drain}
	 * @return the answer
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, Object>> order(@Selector String order) {
		return order(order, null, null);
	}

	/**
	 * Carry out an order.
	 * @param order {@code reload}, {@code scale}, {@code restart} or {@code drain}
	 * @param instances how many workers to run, for {@code scale}
	 * @param index which worker to replace, for {@code restart}
	 * @return the answer
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, Object>> orderWith(@Selector String order, @Nullable Integer instances,
			@Nullable Integer index) {
		return order(order, instances, index);
	}

	private WebEndpointResponse<Map<String, Object>> order(String order, @Nullable Integer instances,
			@Nullable Integer index) {
		return switch (order) {
			case "reload" -> command(Action.RELOAD, 0);
			case "scale" -> command(Action.SCALE, number(instances, "instances", 1, MAX_INSTANCES));
			case "restart" -> command(Action.RESTART, number(index, "index", 0, MAX_INSTANCES - 1));
			case "drain" -> drain();
			default -> answer(WebEndpointResponse.STATUS_NOT_FOUND, "error",
					"There is no such order; there are reload, scale, restart and drain");
		};
	}

	private static int number(@Nullable Integer value, String name, int least, int most) {
		if (value == null || value < least || value > most) {
			String reason = "'%s' must be a number from %d to %d".formatted(name, least, most);
			throw new InvalidEndpointRequestException(reason, reason);
		}
		return value;
	}

	private WebEndpointResponse<Map<String, Object>> drain() {
		if (this.worker != null) {
			return command(Action.DRAIN, 0);
		}
		this.drain.begin();
		return answer(STATUS_ACCEPTED, "draining", true);
	}

	private WebEndpointResponse<Map<String, Object>> command(Action action, int argument) {
		if (this.worker == null) {
			return answer(STATUS_CONFLICT, "error",
					"This is a single process: 'socketio.cluster.instances' asks for several");
		}
		CommandResult result;
		try {
			result = this.worker.command(action, argument).toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			return answer(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, "error", "The primary does not answer");
		}
		if (!result.done()) {
			return answer(STATUS_CONFLICT, "error", result.text());
		}
		return switch (action) {
			case RELOAD -> answer(STATUS_ACCEPTED, "id", result.value());
			case SCALE -> answer(STATUS_ACCEPTED, "instances", argument);
			case RESTART -> answer(STATUS_ACCEPTED, "index", argument);
			case DRAIN -> answer(STATUS_ACCEPTED, "draining", true);
		};
	}

	private static WebEndpointResponse<Map<String, Object>> answer(int status, String name, Object value) {
		return new WebEndpointResponse<>(Map.of(name, value), status);
	}

}
