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

package io.github.socketioboot.demo.cluster;

import java.util.ArrayList;
import java.util.List;

import io.github.socketioboot.interop.NodeProgram;
import tools.jackson.databind.JsonNode;

/**
 * Official JavaScript clients in a process of their own; see {@code cluster.js}.
 */
final class ClusterClients implements AutoCloseable {

	private final NodeProgram program;

	private ClusterClients(NodeProgram program) {
		this.program = program;
	}

	/**
	 * Start clients and wait until all are connected.
	 * @param url address of the server
	 * @param clients how many
	 * @param mode {@code polling}, {@code pooled} for polling over connections that all
	 * share, {@code websocket}, {@code upgrade}, or several of them with a comma between
	 * @return the clients
	 */
	static ClusterClients start(String url, int clients, String mode) {
		ClusterClients started = new ClusterClients(
				NodeProgram.start("cluster.js", url, Integer.toString(clients), mode));
		JsonNode connected = started.program.requireLine();
		if (!connected.path("settled").asBoolean()) {
			started.close();
			throw new AssertionError("Not all clients are connected: " + connected);
		}
		return started;
	}

	/**
	 * Give an order and wait for what comes of it.
	 */
	JsonNode order(String... words) {
		this.program.answer(String.join(" ", words));
		return this.program.requireLine();
	}

	/**
	 * Each client sends so many events and waits for the answer of each.
	 * @return {@code echoes} that came, and {@code failures}
	 */
	JsonNode echo(int times) {
		return order("echo", Integer.toString(times));
	}

	/**
	 * Return {@code connected}, {@code workers} (clients by index), {@code pids},
	 * {@code disconnects} and {@code errors} (counts by reason), {@code echoes} and
	 * {@code lost} of the load so far, {@code away} (longest time between disconnect and
	 * connect in milliseconds) and {@code moved} (clients that were ever disconnected).
	 */
	JsonNode status() {
		return order("status");
	}

	/**
	 * Return the names of an object's fields.
	 */
	static List<String> names(JsonNode object) {
		return new ArrayList<>(object.propertyNames());
	}

	@Override
	public void close() {
		this.program.close();
	}

}
