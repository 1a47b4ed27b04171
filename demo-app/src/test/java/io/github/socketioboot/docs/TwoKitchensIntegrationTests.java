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

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.redis.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the pages about rooms and acknowledgements say of a cluster, with two servers.
 */
@Timeout(300)
class TwoKitchensIntegrationTests {

	private static RedisServer redis;

	private static ConfigurableApplicationContext first;

	private static ConfigurableApplicationContext second;

	private static Guest ann;

	private static Guest bob;

	@BeforeAll
	static void start() throws Exception {
		redis = RedisServer.start();
		first = start(redis.port());
		second = start(redis.port());
		ann = Guest.connect(port(first), "/", "tea");
		bob = Guest.connect(port(second), "/", "tea");
		await().atMost(60, TimeUnit.SECONDS).until(() -> announcements(first).count("tea") == 2);
		await().atMost(60, TimeUnit.SECONDS).until(() -> announcements(second).count("tea") == 2);
	}

	private static ConfigurableApplicationContext start(int redisPort) {
		return new SpringApplicationBuilder(KitchenIntegrationTests.Kitchen.class).web(WebApplicationType.NONE)
			.properties("spring.config.name=kitchen", "socketio.port=0", "socketio.namespaces=/,/admin",
					"socketio.cluster.adapter=redis", "spring.data.redis.port=" + redisPort)
			.run();
	}

	private static int port(ConfigurableApplicationContext kitchen) {
		return kitchen.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
	}

	private static Announcements announcements(ConfigurableApplicationContext kitchen) {
		return kitchen.getBean(Announcements.class);
	}

	@AfterAll
	static void stop() {
		ann.close();
		bob.close();
		second.close();
		first.close();
		redis.close();
	}

	@Test
	void broadcastsReachTheClientsOfAllServersButLocalOnes() throws Exception {
		announcements(first).announce();
		announcements(first).tellOne(bob.id());
		for (String text : List.of("all of the namespace /", "each of these once", "those of this process")) {
			assertThat(ann.hears("news")).isEqualTo(text);
		}
		for (String text : List.of("all of the namespace /", "each of these once", "one socket, wherever it is")) {
			assertThat(bob.hears("news")).isEqualTo(text);
		}
	}

	@Test
	void clientsOfAllServersAreFoundAndAsked() {
		assertThat(announcements(first).who("tea").join()).containsExactlyInAnyOrder(ann.id(), bob.id());
		ann.answers("question", "ann");
		bob.answers("question", "bob");
		assertThat(second.getBean(OrdersHandler.class).ask("tea", "who?")).containsExactlyInAnyOrder("ann", "bob");
	}

	@Test
	void serversTellEachOther() {
		assertThat(first.getBean(CacheInvalidation.class).changedEverywhere("tea").join()).containsExactly("forgotten");
	}

}
