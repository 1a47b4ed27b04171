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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.cluster.redis.SocketIoEmitter;
import io.github.socketioboot.interop.NodeProgram;
import io.github.socketioboot.load.HostsApplication;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application without a server that emits to clients of a server of this project and
 * of one of Node.js.
 */
class EmitterIntegrationTests {

	private static final List<AutoCloseable> closeables = new ArrayList<>();

	private static final List<MemberClient> clients = new ArrayList<>();

	private static ConfigurableApplicationContext application;

	private static SocketIoEmitter emitter;

	private static List<String> urls = List.of();

	private static int marks;

	@BeforeAll
	static void start() throws Exception {
		NodeProgram.assumeAvailable();
		RedisServer redis = closing(RedisServer.start());
		ClusterProcess server = closing(ClusterProcess.application(HostsApplication.class)
			.with("--socketio.cluster.adapter=redis", "--spring.data.redis.port=" + redis.port(),
					"--socketio.namespaces=/,/admin")
			.start());
		NodeMember node = closing(NodeMember.start(redis, "node", ClusterProcess.LIMIT));
		server.awaitUp();
		urls = List.of(server.url(), node.url());
		for (String url : urls) {
			for (String room : List.of("first", "second")) {
				clients.add(closing(MemberClient.connect(room + " of " + url, url, room, "all")));
			}
		}
		application = closing(new SpringApplicationBuilder(Sender.class).web(WebApplicationType.NONE)
			.properties("spring.config.name=load", "socketio.enabled=false", "spring.data.redis.port=" + redis.port())
			.run());
		emitter = application.getBean(SocketIoEmitter.class);
		for (MemberClient client : clients) {
			await().atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> assertThat(client.attempt(Map.of("kind", "fetch"))
					.get(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS)
					.get("value")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSameSizeAs(clients));
		}
	}

	@AfterAll
	static void stop() throws Exception {
		for (int i = closeables.size() - 1; i >= 0; i--) {
			closeables.get(i).close();
		}
		closeables.clear();
		clients.clear();
	}

	@Test
	void applicationHasNoServer() {
		assertThat(application.getBeansOfType(SocketIOServer.class)).isEmpty();
		assertThat(application.getBeansOfType(SocketIoOperations.class)).isEmpty();
		assertThat(application.getEnvironment().getProperty("local.socketio.port")).isNull();
	}

	@Test
	void textReachesEverybody() throws Exception {
		emitter.emit("news", "h\u00e9llo", 1, 1.5, true, null, Map.of("list", List.of(1, "two")));
		assertReceived((client) -> true, "h\u00e9llo", 1, 1.5, true, null, Map.of("list", List.of(1, "two")));
	}

	@Test
	void bytesReachEverybody() throws Exception {
		byte[] bytes = { 1, 2, 0, -1 };
		emitter.emit("news", bytes, Map.of("inner", List.of(bytes)));
		assertReceived((client) -> true, bytes, Map.of("inner", List.of(bytes)));
	}

	@Test
	void applicationsOwnTypesReachEverybody() throws Exception {
		record Parcel(String number, byte[] label) {
		}
		emitter.emit("news", new Parcel("7", new byte[] { 5 }));
		assertReceived((client) -> true, Map.of("number", "7", "label", new byte[] { 5 }));
	}

	@Test
	void roomsAreChosenAndLeftOut() throws Exception {
		emitter.to("first").emit("news", "one room");
		assertReceived((client) -> client.toString().startsWith("first"), "one room");
		emitter.in("first", "second").to("all").emit("news", "three rooms");
		assertReceived((client) -> true, "three rooms");
		emitter.to("all").except("first").emit("news", "not first");
		assertReceived((client) -> client.toString().startsWith("second"), "not first");
		for (MemberClient chosen : clients) {
			emitter.to(chosen.id()).emit("news", "alone");
			assertReceived((client) -> client == chosen, "alone");
		}
	}

	@Test
	void flagsAreUnderstood() throws Exception {
		emitter.compress(false).emit("news", "flags");
		assertReceived((client) -> true, "flags");
		// Who is still being sent something may miss it
		await().atMost(ClusterProcess.LIMIT).untilAsserted(() -> {
			emitter.volatile_().emit("news", "volatile");
			assertReceived((client) -> true, "volatile");
		});
	}

	@Test
	void otherNamespacesAreReached() throws Exception {
		for (String url : urls) {
			try (MemberClient admin = MemberClient.connect("admin", url + "/admin")) {
				emitter.of("/admin").emit("news", "for admins", new byte[] { 9 });
				emitter.of("admin").emit("news", "mark");
				assertThat(admin.newsUpTo("mark")).usingRecursiveComparison()
					.isEqualTo(List.of(List.of("for admins", new byte[] { 9 })));
			}
		}
		assertReceived((client) -> false);
	}

	@Test
	void socketsJoinAndLeave() throws Exception {
		emitter.in("first").except("second").socketsJoin("joined", "more");
		emitter.serverSideEmit("told", "joined");
		awaitTold(List.of("joined"));
		emitter.to("joined").emit("news", "joined");
		assertReceived((client) -> client.toString().startsWith("first"), "joined");
		emitter.socketsLeave("joined");
		emitter.serverSideEmit("told", "left");
		awaitTold(List.of("left"));
		emitter.to("joined").emit("news", "nobody");
		assertReceived((client) -> false);
	}

	@Test
	void socketsAreDisconnected() throws Exception {
		for (String url : urls) {
			for (boolean close : new boolean[] { true, false }) {
				try (MemberClient leaving = MemberClient.connect("leaving", url, "leaving")) {
					emitter.in("leaving").disconnectSockets(close);
					assertThat(leaving.disconnected()).succeedsWithin(ClusterProcess.LIMIT)
						.isEqualTo("io server disconnect");
				}
			}
		}
	}

	@Test
	void serversAreTold() {
		emitter.serverSideEmit("told", "x", 1, null, Map.of("a", true));
		awaitTold(Arrays.asList("x", 1, null, Map.of("a", true)));
	}

	private static void awaitTold(List<?> args) {
		for (MemberClient client : clients) {
			await().atMost(ClusterProcess.LIMIT)
				.untilAsserted(() -> assertThat(client.attempt(Map.of("kind", "heard"))
					.get(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS)
					.get("value")).asInstanceOf(InstanceOfAssertFactories.LIST).contains(args));
		}
	}

	// What one emitter has sent before a mark has come before it
	private static void assertReceived(Predicate<MemberClient> receivers, @Nullable Object... args) throws Exception {
		String mark = "mark " + ++marks;
		emitter.emit("news", mark);
		Map<MemberClient, List<List<@Nullable Object>>> received = new LinkedHashMap<>();
		for (MemberClient client : clients) {
			received.put(client, client.newsUpTo(mark));
		}
		received.forEach((client, news) -> {
			List<List<@Nullable Object>> expected = receivers.test(client) ? List.of(Arrays.asList(args)) : List.of();
			assertThat(news).as("%s", client).usingRecursiveComparison().isEqualTo(expected);
		});
	}

	private static <T extends AutoCloseable> T closing(T closeable) {
		closeables.add(closeable);
		return closeable;
	}

	/**
	 * Only emits. No component, or the demo would find it in tests.
	 */
	@EnableAutoConfiguration
	static class Sender {

	}

}
