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

import java.time.Duration;

import io.github.socketioboot.demo.cluster.ClusterProcess;
import io.github.socketioboot.demo.cluster.HttpConnection;
import io.github.socketioboot.demo.cluster.PollingSession;
import io.github.socketioboot.deploy.Client.Mode;
import io.github.socketioboot.deploy.RecordingNode.Request;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What recipes promise that keep clients that poll on one node.
 */
abstract class StickyBalancerContract extends BalancerContract {

	/**
	 * Nothing but the slow poll may take so long, on a busy machine either.
	 */
	private static final int SLOW_SECONDS = 6;

	private static final int IDLE_SECONDS = 4;

	@Test
	void pollingClientsFromManyAddressesAreSpreadAndStay() {
		connectToAllNodes(Mode.POLLING);
		assertThatClientsStay();
		assertThat(nodes().connections("polling")).isGreaterThanOrEqualTo(clients().size());
	}

	@Test
	void clientsUpgrade() {
		connectToAllNodes(Mode.UPGRADE);
		await().atMost(ClusterProcess.LIMIT)
			.untilAsserted(() -> assertThat(nodes().connections("websocket")).as("clients with WebSocket")
				.isEqualTo(clients().size()));
		assertThatClientsStay();
	}

	@Test
	void aSlowPollDoesNotFailItsNode() throws Exception {
		try (RecordedBalancer recorded = recorded(SLOW_SECONDS)) {
			Browser browser = recorded.browser(address(0));
			browser.get(PollingSession.HANDSHAKE);
			RecordingNode node = recorded.next().node();
			int status = browser.get(PollingSession.HANDSHAKE + "&sid=slow").status();
			assertThat(status).isGreaterThanOrEqualTo(500);
			assertThat(recorded.next().node()).isSameAs(node);
			recorded.forget();
			browser.get(PollingSession.HANDSHAKE + "&sid=quick");
			assertThat(recorded.next().node()).isSameAs(node);
		}
	}

	@Test
	void connectionsToNodesAreUsedAgain() throws Exception {
		try (RecordedBalancer recorded = recorded(RECIPE_SECONDS);
				HttpConnection connection = recorded.balancer().connect(address(0))) {
			Browser browser = recorded.browser(address(0));
			browser.get(connection, PollingSession.HANDSHAKE);
			recorded.next();
			browser.get(connection, PollingSession.HANDSHAKE + "&sid=first");
			Request first = recorded.next();
			for (int i = 0; i < 5; i++) {
				browser.get(connection, PollingSession.HANDSHAKE + "&sid=next" + i);
				assertThat(recorded.next().connection()).isSameAs(first.connection());
			}
		}
	}

	/**
	 * Check that a connection to a node is not used when it was idle for longer than its
	 * time-out.
	 */
	final void assertThatIdleConnectionsAreNotUsedAgain() throws Exception {
		try (RecordedBalancer recorded = recorded(IDLE_SECONDS);
				HttpConnection connection = recorded.balancer().connect(address(0))) {
			Browser browser = recorded.browser(address(0));
			browser.get(connection, PollingSession.HANDSHAKE);
			recorded.next();
			browser.get(PollingSession.HANDSHAKE + "&sid=first");
			Request first = recorded.next();
			await().pollInterval(Duration.ofMillis(IDLE_SECONDS * 1000 + 500))
				.atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> {
					browser.get(PollingSession.HANDSHAKE + "&sid=next");
					assertThat(recorded.next().connection()).isNotSameAs(first.connection());
				});
		}
	}

}
