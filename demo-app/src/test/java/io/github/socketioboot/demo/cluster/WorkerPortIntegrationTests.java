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

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.load.LoadApplication;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers listen on ports of their own, for a balancer in front of them.
 */
class WorkerPortIntegrationTests {

	@Test
	void eachWorkerIsReachedAtItsOwnPortAndAllAtThePublicOne() throws IOException {
		int first = FreePort.find(2);
		try (ClusterProcess cluster = ClusterProcess.application(LoadApplication.class)
			.instances("2")
			.with("--socketio.cluster.local.worker-port=" + first)
			.start()
			.awaitReady(2); HttpConnection shared = new HttpConnection(cluster.port())) {
			Set<String> workers = new HashSet<>();
			for (int index = 0; index < 2; index++) {
				try (HttpConnection connection = new HttpConnection(first + index)) {
					PollingSession one = PollingSession.open(connection);
					PollingSession two = PollingSession.open(connection);
					assertThat(one.worker()).isEqualTo(two.worker());
					one.echo(connection, "own");
					two.echo(shared, "public");
					workers.add(one.worker());
				}
			}
			assertThat(workers).hasSize(2);
		}
	}

}
