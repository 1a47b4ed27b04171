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
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

import io.github.socketioboot.demo.cluster.ClusterProcess;
import io.github.socketioboot.demo.cluster.HttpConnection;
import io.github.socketioboot.demo.cluster.PollingSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What HAProxy tells a host of its clients, in headers and by the PROXY protocol. The
 * host keeps the sessions of an address on one worker, which shows whom it believes.
 */
class HaproxyForwardingIntegrationTests {

	private static final int WORKERS = 2;

	private static final int CLIENTS = 12;

	private ClusterProcess host;

	private Balancer balancer;

	@AfterEach
	void stop() {
		if (this.balancer != null) {
			this.balancer.close();
		}
		if (this.host != null) {
			this.host.close();
		}
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "forwarded-headers=x-forwarded, ''", "proxy-protocol=required, send-proxy",
			"proxy-protocol=required, send-proxy-v2" })
	void sessionsOfAnAddressAreTogether(String property, String option) throws Exception {
		ClusterProcess.assumeBuilt();
		this.host = ClusterProcess.demo()
			.instances(Integer.toString(WORKERS))
			.with("--socketio.cluster.routing=address", "--socketio.trusted-proxies=127.0.0.1",
					"--socketio." + property)
			.start();
		this.host.awaitReady(WORKERS);
		Recipe recipe = Recipe.read("haproxy", "own-cookie.cfg")
			.with("default-server check", "default-server check " + option)
			.withNodes(Collections.nCopies(Recipe.NODES.size(), this.host.port()));
		this.balancer = Balancer.haproxy(recipe);
		Set<String> all = new HashSet<>();
		for (int client = 1; client <= CLIENTS; client++) {
			Set<String> workers = new HashSet<>();
			for (int i = 0; i < 3; i++) {
				workers.add(worker("127.0.1." + client));
			}
			assertThat(workers).as("workers of client %s", client).hasSize(1);
			all.addAll(workers);
		}
		assertThat(all).hasSize(WORKERS);
	}

	private String worker(String address) throws IOException {
		Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), this.balancer.port(),
				InetAddress.getByName(address), 0);
		try (HttpConnection connection = new HttpConnection(socket)) {
			PollingSession session = PollingSession.open(connection);
			session.close(connection);
			return session.worker();
		}
	}

}
