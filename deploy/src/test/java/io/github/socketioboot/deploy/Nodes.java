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

package io.github.socketioboot.deploy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.demo.cluster.ClusterProcess;
import io.github.socketioboot.demo.cluster.HttpConnection;
import io.github.socketioboot.demo.cluster.PollingSession;

/**
 * Three servers with one Redis, which are one cluster. Heartbeats are frequent, so that
 * tests can do with short time-outs of balancers.
 */
final class Nodes implements AutoCloseable {

	static final int COUNT = 3;

	private final RedisServer redis = RedisServer.startOwn();

	private final List<ClusterProcess> processes = new ArrayList<>();

	private Nodes() {
	}

	static Nodes start() {
		ClusterProcess.assumeBuilt();
		Nodes nodes = new Nodes();
		for (int i = 0; i < COUNT; i++) {
			nodes.processes.add(nodes.start(FreePort.find()));
		}
		nodes.processes.forEach(ClusterProcess::awaitUp);
		return nodes;
	}

	private ClusterProcess start(int port) {
		return ClusterProcess.demo()
			.instances("1")
			.port(port)
			.drainSpread("2s")
			.with("--socketio.cluster.adapter=redis", "--spring.data.redis.port=" + this.redis.port(),
					"--socketio.forwarded-headers=x-forwarded", "--socketio.trusted-proxies=127.0.0.0/8",
					"--socketio.cookie.name=io", "--socketio.ping-interval=1s", "--socketio.ping-timeout=20s",
					"--socketio.limits.events-per-second=0")
			.start();
	}

	List<Integer> ports() {
		return this.processes.stream().map(ClusterProcess::port).toList();
	}

	List<Long> pids() {
		return this.processes.stream().map(ClusterProcess::pid).toList();
	}

	ClusterProcess get(int index) {
		return this.processes.get(index);
	}

	/**
	 * Start a node that has ended again, on the same port.
	 */
	void restart(int index) {
		ClusterProcess old = this.processes.get(index);
		old.close();
		this.processes.set(index, start(old.port()).awaitUp());
	}

	/**
	 * Return what the ids of a node's sessions begin with.
	 */
	String prefix(int index) throws IOException {
		try (HttpConnection connection = new HttpConnection(this.processes.get(index).port())) {
			PollingSession session = PollingSession.open(connection);
			session.close(connection);
			return session.worker();
		}
	}

	/**
	 * Return how many clients all nodes have on a transport.
	 */
	int connections(String transport) {
		return (int) this.processes.stream()
			.mapToDouble((node) -> node.get("/actuator/metrics/socketio.connections?tag=transport:" + transport)
				.at("/measurements/0/value")
				.asDouble(0))
			.sum();
	}

	@Override
	public void close() {
		List<AutoCloseable> all = Stream.concat(this.processes.stream(), Stream.of(this.redis)).toList();
		AssertionError failure = null;
		for (AutoCloseable one : all) {
			try {
				one.close();
			}
			catch (Exception | AssertionError ex) {
				failure = new AssertionError("not closed: " + one, ex);
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

}
