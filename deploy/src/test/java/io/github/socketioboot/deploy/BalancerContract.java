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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import io.github.socketioboot.demo.cluster.ClusterProcess;
import io.github.socketioboot.demo.cluster.HttpConnection.Answer;
import io.github.socketioboot.demo.cluster.PollingSession;
import io.github.socketioboot.deploy.Client.Mode;
import io.github.socketioboot.deploy.RecordingNode.Request;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every recipe promises, tried with the real balancer in front of three nodes.
 */
@ExtendWith(SharedNodes.class)
abstract class BalancerContract {

	/**
	 * Time-outs of all recipes, in seconds.
	 */
	static final int RECIPE_SECONDS = 60;

	/**
	 * Clients come from this many addresses at most, so that no node stays without some.
	 */
	private static final int MAX_ADDRESSES = 150;

	private static final int FIRST_ADDRESS = 2;

	/**
	 * Well above the second between two heartbeats of the nodes.
	 */
	private static final int IDLE_SECONDS = 6;

	private static final Duration IDLE = Duration.ofSeconds(2 * IDLE_SECONDS + 1);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final int EXIT_OF_TERM = 143;

	private final List<Client> clients = new ArrayList<>();

	private Nodes nodes;

	private Balancer balancer;

	/**
	 * Start the balancer with the recipe.
	 * @param nodes ports of the nodes
	 * @param seconds what to put in place of its time-outs
	 */
	abstract Balancer start(List<Integer> nodes, int seconds);

	/**
	 * Return which transports the recipe is for.
	 */
	Mode[] modes() {
		return Mode.values();
	}

	@BeforeEach
	void start(Nodes nodes) {
		this.nodes = nodes;
		this.balancer = start(nodes.ports(), RECIPE_SECONDS);
	}

	@AfterEach
	void stop() {
		this.clients.forEach(Client::close);
		if (this.balancer != null) {
			this.balancer.close();
		}
	}

	@Test
	void clientsWithWebSocketOnlyAreSpreadAndStay() {
		connectToAllNodes(Mode.WEBSOCKET);
		assertThatClientsStay();
	}

	@Test
	void broadcastsReachTheClientsOfAllNodesOnce() {
		Map<Integer, Client> speakers = connectToAllNodes(modes());
		this.clients.forEach((client) -> client.join("java"));
		Set<String> said = new HashSet<>();
		speakers.forEach((node, speaker) -> {
			assertThat(speaker.say("from " + node).has("id")).isTrue();
			said.add("from " + node);
		});
		for (Client client : this.clients) {
			Set<String> expected = new HashSet<>(said);
			speakers.forEach((node, speaker) -> {
				if (speaker == client) {
					expected.remove("from " + node);
				}
			});
			await().atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> assertThat(client.messages()).as("%s", client)
					.containsExactlyInAnyOrderElementsOf(expected));
		}
	}

	@Test
	void aKilledNodeIsNoticedByItsOwnClientsOnlyAndTheyAreBackAtOnce() throws IOException {
		int victim = 0;
		long pid = this.nodes.get(victim).pid();
		// First, as balancers may prefer nodes with fewer connections
		List<Browser> browsers = browsersOf(this.nodes.prefix(victim));
		connectToAllNodes(modes());
		Map<Client, Long> before = nodesOfClients();
		assertThat(browsers).isNotEmpty();
		this.nodes.get(victim).signal("KILL");
		this.nodes.get(victim).exitCode();
		try {
			for (Browser browser : browsers) {
				// No second attempt, nor any wait for a check of the node's health
				assertThat(visit(browser)).isNotEmpty();
			}
			before.forEach((client, node) -> {
				if (node == pid) {
					await().atMost(ClusterProcess.LIMIT)
						.untilAsserted(() -> assertThat(client.disconnects()).as("%s", client).isNotEmpty());
					assertThat(client.node()).as("%s", client).isNotEqualTo(pid);
				}
				else {
					assertThat(client.node()).as("%s", client).isEqualTo(node);
					assertThat(client.disconnects()).as("%s", client).isEmpty();
				}
			});
		}
		finally {
			this.nodes.restart(victim);
		}
		assertThatNodeIsBack(victim);
	}

	@Test
	void nothingIsLostWhenANodeDrains() throws Exception {
		int leaving = 1;
		long pid = this.nodes.get(leaving).pid();
		// First, as balancers may prefer nodes with fewer connections
		CompletableFuture<List<Answer>> polls = pollUntilClosed(leaving);
		connectToAllNodes(modes());
		Map<Client, Long> before = nodesOfClients();
		Browser handshakes = new Browser(this.balancer, address(0));
		try (Load load = new Load(this.clients)) {
			load.awaitMore(5);
			this.nodes.get(leaving).signal("TERM");
			while (this.nodes.get(leaving).isAlive()) {
				assertThatNewClientsAreServed(handshakes);
				LockSupport.parkNanos(PAUSE_NANOS);
			}
			assertThat(this.nodes.get(leaving).exitCode()).isEqualTo(EXIT_OF_TERM);
			before.forEach((client, node) -> {
				if (node == pid) {
					await().atMost(ClusterProcess.LIMIT)
						.untilAsserted(() -> assertThat(client.disconnects()).as("%s", client).isNotEmpty());
					// What crosses the closing of its session may be refused, which is an
					// error for the client
					assertThat(client.disconnects()).as("%s", client).isSubsetOf("transport close", "transport error");
					assertThat(client.node()).as("%s", client).isNotEqualTo(pid);
				}
				else {
					assertThat(client.node()).as("%s", client).isEqualTo(node);
					assertThat(client.disconnects()).as("%s", client).isEmpty();
				}
			});
			// Closed by the node, not cut off by the balancer
			assertThat(polls).succeedsWithin(ClusterProcess.LIMIT)
				.asInstanceOf(InstanceOfAssertFactories.list(Answer.class))
				.allMatch((answer) -> answer.status() == 200);
			load.awaitMore(5);
			assertThat(load.lost()).as("events without an answer").isZero();
		}
		finally {
			this.nodes.restart(leaving);
		}
		assertThatNodeIsBack(leaving);
	}

	/**
	 * Poll in a session of a node, without answers to heartbeats, so that nothing crosses
	 * its closing.
	 * @return all answers, when there is no more to come
	 */
	private CompletableFuture<List<Answer>> pollUntilClosed(int index) throws IOException {
		if (!polls()) {
			return CompletableFuture.completedFuture(List.of());
		}
		String prefix = this.nodes.prefix(index);
		List<Browser> browsers = browsersOf(prefix);
		assertThat(browsers).isNotEmpty();
		Browser browser = browsers.get(0);
		String sid = browser.handshake();
		assertThat(sid).startsWith(prefix);
		return CompletableFuture.supplyAsync(() -> browser.pollUntilClosed(sid));
	}

	/**
	 * Check what a new client sees while a node drains.
	 */
	void assertThatNewClientsAreServed(Browser browser) throws IOException {
		assertThat(visit(browser)).isNotEmpty();
	}

	/**
	 * Begin a session and end it, if it can be ended by polling.
	 */
	private String visit(Browser browser) throws IOException {
		return polls() ? browser.visit() : browser.handshake();
	}

	private boolean polls() {
		return List.of(modes()).contains(Mode.POLLING);
	}

	@Test
	void sessionsThatAreIdleLongerThanTheTimeoutsOfTheBalancerStay() {
		this.balancer.close();
		this.balancer = start(this.nodes.ports(), IDLE_SECONDS);
		connectToAllNodes(modes());
		Map<Client, Long> before = nodesOfClients();
		await().during(IDLE)
			.atMost(ClusterProcess.LIMIT)
			.until(() -> this.clients.stream().allMatch((client) -> client.disconnects().isEmpty()));
		assertThat(nodesOfClients()).isEqualTo(before);
	}

	@Test
	void pagesOfTheBalancersOriginMayConnectAndOthersMayNot() throws IOException {
		Browser browser = new Browser(this.balancer, address(0));
		assertThat(browser.get(PollingSession.HANDSHAKE, "Origin: http://localhost").status()).isEqualTo(200);
		assertThat(browser.get(PollingSession.HANDSHAKE, "Origin: https://localhost").status()).isEqualTo(403);
		assertThat(browser.get(PollingSession.HANDSHAKE, "Origin: http://elsewhere").status()).isEqualTo(403);
		// Nodes believe the balancer, which does not believe clients
		assertThat(browser
			.get(PollingSession.HANDSHAKE, "Origin: https://elsewhere", "X-Forwarded-Host: elsewhere",
					"X-Forwarded-Proto: https")
			.status()).isEqualTo(403);
	}

	@Test
	void onlyUpgradesAskNodesForAnUpgrade() throws Exception {
		try (RecordedBalancer recorded = recorded(RECIPE_SECONDS)) {
			Browser browser = recorded.browser(address(0));
			assertThat(browser.get(PollingSession.HANDSHAKE).status()).isEqualTo(200);
			Request poll = recorded.next();
			assertThat(poll.values("Upgrade")).isEmpty();
			assertThat(String.join(",", poll.values("Connection"))).doesNotContainIgnoringCase("upgrade");
			String[] opening = { "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
					"Sec-WebSocket-Key: " + RecordingNode.WEBSOCKET_KEY };
			assertThat(browser.get("/socket.io/?EIO=4&transport=websocket", opening).status()).isEqualTo(101);
			Request upgrade = recorded.next();
			assertThat(upgrade.values("Upgrade")).containsExactly("websocket");
			assertThat(upgrade.values("Connection")).singleElement().asString().isEqualToIgnoringCase("upgrade");
			assertThat(upgrade.values("Sec-WebSocket-Key")).containsExactly(RecordingNode.WEBSOCKET_KEY);
		}
	}

	@Test
	void nodesLearnTheAddressOfTheClientAndNotWhatItClaims() throws Exception {
		try (RecordedBalancer recorded = recorded(RECIPE_SECONDS)) {
			recorded.browser("127.0.0.77")
				.get(PollingSession.HANDSHAKE, "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https",
						"X-Forwarded-Host: elsewhere");
			Request request = recorded.next();
			assertThat(request.values("X-Forwarded-For")).containsExactly("127.0.0.77");
			assertThat(request.values("X-Forwarded-Proto")).containsExactly("http");
			assertThat(request.values("X-Forwarded-Host")).containsExactly("localhost");
			assertThat(request.values("Host")).containsExactly("localhost");
		}
	}

	/**
	 * Check the cookie of a recipe that was changed for pages of other sites.
	 * @param start starts the balancer for the ports of nodes
	 * @param cookie name of its cookie
	 */
	static void assertThatCookieCrossesSites(Function<List<Integer>, Balancer> start, String cookie)
			throws IOException {
		try (RecordedBalancer recorded = new RecordedBalancer(start)) {
			Answer answer = recorded.browser(address(0)).get(PollingSession.HANDSHAKE);
			assertThat(answer.values("Set-Cookie")).filteredOn((value) -> value.startsWith(cookie + "="))
				.singleElement()
				.asString()
				.contains("; HttpOnly", "; Secure", "; SameSite=None", "; Partitioned");
		}
	}

	final RecordedBalancer recorded(int seconds) throws IOException {
		return new RecordedBalancer((ports) -> start(ports, seconds));
	}

	final List<Client> clients() {
		return this.clients;
	}

	final Nodes nodes() {
		return this.nodes;
	}

	final Balancer balancer() {
		return this.balancer;
	}

	static String address(int index) {
		return "127.0.0." + (FIRST_ADDRESS + index);
	}

	/**
	 * Connect clients from one address after the other until each node has one of each
	 * mode.
	 * @return a client of each node
	 */
	final Map<Integer, Client> connectToAllNodes(Mode... modes) {
		List<Long> pids = this.nodes.pids();
		Map<Integer, Client> first = new HashMap<>();
		Set<String> missing = new HashSet<>();
		for (Mode mode : modes) {
			pids.forEach((pid) -> missing.add(mode + " " + pid));
		}
		// Balancers that take nodes in turn shall not give all clients of a mode to one
		Random random = new Random(1);
		for (int i = 0; !missing.isEmpty(); i++) {
			assertThat(i).as("addresses without clients of %s", missing).isLessThan(MAX_ADDRESSES);
			Mode mode = modes[random.nextInt(modes.length)];
			Client client = Client.connect(this.balancer.url(), mode, address(i));
			this.clients.add(client);
			long node = client.node();
			assertThat(pids).contains(node);
			first.putIfAbsent(pids.indexOf(node), client);
			missing.remove(mode + " " + node);
		}
		return first;
	}

	final void assertThatClientsStay() {
		Map<Client, Long> before = nodesOfClients();
		for (int i = 0; i < 10; i++) {
			assertThat(nodesOfClients()).isEqualTo(before);
		}
		assertThat(this.clients).allMatch((client) -> client.disconnects().isEmpty());
	}

	private Map<Client, Long> nodesOfClients() {
		Map<Client, Long> nodes = new HashMap<>();
		this.clients.forEach((client) -> nodes.put(client, client.node()));
		return nodes;
	}

	/**
	 * Find browsers that the balancer leads to a node.
	 */
	private List<Browser> browsersOf(String prefix) throws IOException {
		List<Browser> browsers = new ArrayList<>();
		for (int i = 0; i < MAX_ADDRESSES && browsers.size() < 5; i++) {
			Browser browser = new Browser(this.balancer, address(i));
			if (visit(browser).startsWith(prefix)) {
				browsers.add(browser);
			}
		}
		return browsers;
	}

	private void assertThatNodeIsBack(int index) throws IOException {
		String prefix = this.nodes.prefix(index);
		await().atMost(ClusterProcess.LIMIT)
			.pollInterval(Duration.ofMillis(500))
			.untilAsserted(() -> assertThat(browsersOf(prefix)).isNotEmpty());
	}

	/**
	 * Each client sends events, one after the other, until this is closed.
	 */
	static final class Load implements AutoCloseable {

		private final ExecutorService threads = Executors.newCachedThreadPool();

		private final AtomicBoolean running = new AtomicBoolean(true);

		private final Map<Client, Integer> rounds = new ConcurrentHashMap<>();

		private final List<Client> losers = new CopyOnWriteArrayList<>();

		Load(List<Client> clients) {
			clients.forEach((client) -> this.rounds.put(client, 0));
			clients.forEach((client) -> CompletableFuture.runAsync(() -> run(client), this.threads));
		}

		private void run(Client client) {
			while (this.running.get()) {
				if (!client.echoOrDisconnect("load")) {
					this.losers.add(client);
				}
				this.rounds.merge(client, 1, Integer::sum);
			}
		}

		void awaitMore(int count) {
			Map<Client, Integer> enough = new HashMap<>(this.rounds);
			await().atMost(ClusterProcess.LIMIT)
				.until(() -> enough.entrySet()
					.stream()
					.allMatch((entry) -> this.rounds.get(entry.getKey()) >= entry.getValue() + count));
		}

		int lost() {
			return this.losers.size();
		}

		@Override
		public void close() throws InterruptedException {
			this.running.set(false);
			this.threads.shutdown();
			assertThat(this.threads.awaitTermination(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}

	}

}
