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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.demo.cluster.ClusterProcess;
import io.github.socketioboot.deploy.Client.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * nginx in front of the workers of one host.
 */
class NginxWorkersIntegrationTests {

	private static final int WORKERS = Recipe.NODES.size();

	private final List<Client> clients = new ArrayList<>();

	private ClusterProcess host;

	private Balancer balancer;

	@BeforeEach
	void start() {
		ClusterProcess.assumeBuilt();
		int first = FreePort.find(WORKERS);
		this.host = ClusterProcess.demo()
			.instances(Integer.toString(WORKERS))
			.with("--socketio.cluster.local.worker-port=" + first, "--socketio.limits.events-per-second=0")
			.start();
		this.balancer = Balancer.nginx(Recipe.read("nginx", "workers.conf")
			.withNodes(IntStream.range(first, first + WORKERS).boxed().toList()));
		this.host.awaitReady(WORKERS);
	}

	@AfterEach
	void stop() {
		this.clients.forEach(Client::close);
		if (this.balancer != null) {
			this.balancer.close();
		}
		if (this.host != null) {
			this.host.close();
		}
	}

	@Test
	void clientsAreOnAllWorkersAndNothingIsLostWhenTheseAreReplaced() throws Exception {
		Set<Long> old = connectToAllWorkers();
		this.clients.forEach((client) -> client.join("java"));
		this.clients.get(0).say("hello");
		this.clients.subList(1, this.clients.size())
			.forEach((client) -> await().atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> assertThat(client.messages()).as("%s", client).containsExactly("hello")));
		try (BalancerContract.Load load = new BalancerContract.Load(this.clients)) {
			load.awaitMore(5);
			this.host.signal("HUP");
			await().atMost(ClusterProcess.LIMIT)
				.until(() -> "done"
					.equals(this.host.get("/actuator/socketio").path("reload").path("state").asString("")));
			load.awaitMore(5);
			assertThat(load.lost()).as("events without an answer").isZero();
		}
		for (Client client : this.clients) {
			assertThat(client.node()).as("%s", client).isNotIn(old);
			// What crosses the closing of its session may be refused
			assertThat(client.disconnects()).as("%s", client)
				.isNotEmpty()
				.isSubsetOf(client.reasonOfClose(), "transport error");
		}
	}

	private Set<Long> connectToAllWorkers() {
		Mode[] modes = Mode.values();
		Set<Long> workers = new HashSet<>();
		for (int i = 0; workers.size() < WORKERS || i < WORKERS * modes.length; i++) {
			assertThat(i).as("addresses; workers are %s", workers).isLessThan(100);
			Client client = Client.connect(this.balancer.url(), modes[i % modes.length], BalancerContract.address(i));
			this.clients.add(client);
			workers.add(client.node());
		}
		return workers;
	}

}
