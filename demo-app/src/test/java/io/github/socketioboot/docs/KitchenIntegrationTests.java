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

package io.github.socketioboot.docs;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.SocketIoServerCustomizer;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the pages about rooms and acknowledgements say, with clients.
 */
@SpringBootTest(classes = KitchenIntegrationTests.Kitchen.class, webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "socketio.port=0", "socketio.namespaces=/,/admin" })
@Timeout(180)
class KitchenIntegrationTests {

	@Value("${local.socketio.port}")
	int port;

	@Autowired
	Announcements announcements;

	@Autowired
	OrdersHandler orders;

	@Autowired
	SocketIOServer server;

	private Guest ann;

	private Guest bob;

	private Guest admin;

	@BeforeEach
	void connect() throws Exception {
		this.ann = Guest.connect(this.port, "/", "tea", "open");
		this.bob = Guest.connect(this.port, "/", "tea", "coffee", "open");
		this.admin = Guest.connect(this.port, "/admin");
	}

	@AfterEach
	void leave() {
		List.of(this.ann, this.bob, this.admin).forEach(Guest::close);
		await().atMost(60, TimeUnit.SECONDS).until(() -> everybody().isEmpty());
	}

	private Collection<SocketIOClient> everybody() {
		return this.server.getBroadcastOperations().getClients();
	}

	@Test
	void roomsAreEnteredAndLeftAndHearEachOther() throws Exception {
		assertThat(rooms(this.ann.ask("enter", "cake"))).containsExactlyInAnyOrder("tea", "open", "cake");
		assertThat(rooms(this.ann.ask("leave", "cake"))).containsExactlyInAnyOrder("tea", "open");
		this.ann.emit("say", "tea", "hello");
		assertThat(this.bob.hears("said")).isEqualTo("hello");
		assertThat(this.announcements.who("tea").join()).containsExactlyInAnyOrder(this.ann.id(), this.bob.id());
		assertThat(this.announcements.count("coffee")).isOne();
		this.ann.hasHeardNothingMore("said");
	}

	private static List<Object> rooms(Object answer) {
		JSONArray rooms = (JSONArray) answer;
		return IntStream.range(0, rooms.length()).mapToObj(rooms::opt).toList();
	}

	@Test
	void broadcastsReachNamespacesAndRoomsEachSocketOnce() throws Exception {
		this.ann.ask("enter", "asleep");
		this.announcements.announce();
		this.announcements.tellOne(this.bob.id());
		assertThat(this.admin.hears("news")).isEqualTo("all of the namespace /admin");
		for (String text : List.of("all of the namespace /", "each of these once", "those of this process",
				"one socket, wherever it is")) {
			assertThat(this.bob.hears("news")).isEqualTo(text);
		}
		assertThat(this.ann.hears("news")).isEqualTo("all of the namespace /");
		assertThat(this.ann.hears("news")).isEqualTo("those of this process");
		this.ann.ask("enter", "asleep");
		this.ann.hasHeardNothingMore("news");
		this.bob.hasHeardNothingMore("news");
	}

	@Test
	void socketsAreMovedAndSentAway() throws Exception {
		this.bob.ask("enter", "closed");
		this.announcements.rearrange();
		assertThat(this.bob.hears("left")).isEqualTo("io server disconnect");
		assertThat(rooms(this.ann.ask("enter", "tea"))).containsExactlyInAnyOrder("tea", "hot-drinks", "open");
	}

	@Test
	void operationsOfNettySocketIoDoTheSame() throws Exception {
		SocketIOClient client = everybody().stream()
			.filter((other) -> other.getSessionId().toString().equals(this.ann.id()))
			.findFirst()
			.orElseThrow();
		this.announcements.nettySocketIo(client);
		assertThat(this.bob.hears("news")).isEqualTo("everybody in the room");
		assertThat(this.bob.hears("news")).isEqualTo("everybody but one");
		assertThat(this.bob.hears("news")).isEqualTo("of one namespace");
		assertThat(this.ann.hears("news")).isEqualTo("everybody in the room");
		assertThat(this.ann.hears("news")).isEqualTo("of one namespace");
	}

	@Test
	void handlersAnswerAtOnceOrLater() throws Exception {
		JSONObject order = new JSONObject().put("drink", "tea").put("cups", 2);
		assertThat(this.ann.ask("order", order)).isInstanceOfSatisfying(JSONObject.class,
				(receipt) -> assertThat(receipt.optInt("cents")).isEqualTo(500));
		assertThat(this.ann.ask("brew", order)).isEqualTo("ready");
	}

	@Test
	void oneClientAnswersOrDisconnects() throws Exception {
		this.ann.answers("confirm", "yes");
		for (SocketIOClient client : everybody()) {
			String id = client.getSessionId().toString();
			if (id.equals(this.ann.id()) || id.equals(this.bob.id())) {
				this.orders.confirm(client);
			}
		}
		assertThat(this.orders.log.poll(60, TimeUnit.SECONDS)).isEqualTo("confirmed: yes");
		this.bob.hears("confirm");
		this.bob.close();
		assertThat(this.orders.log.poll(60, TimeUnit.SECONDS)).isEqualTo("not confirmed");
	}

	@Test
	void manyClientsAnswerOrSomeOfThem() throws Exception {
		this.ann.answers("question", "ann");
		this.bob.answers("question", "bob");
		assertThat(this.orders.ask("tea", "who?")).containsExactlyInAnyOrder("ann", "bob");
		assertThat(this.orders.ask("nobody", "who?")).isEmpty();
		this.bob.socket().off("question");
		assertThat(this.orders.ask("tea", "who?")).containsExactly("ann");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ KitchenHandler.class, Announcements.class, OrdersHandler.class, CacheInvalidation.class })
	static class Kitchen {

		@Bean
		SocketIoServerCustomizer answersAreGivenByHand() {
			return (builder) -> builder.ackMode(AckMode.MANUAL);
		}

	}

}
