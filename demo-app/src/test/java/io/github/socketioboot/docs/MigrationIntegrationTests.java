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

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.FreePort;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The handlers of the page about migration do the same before and after.
 */
@Timeout(180)
class MigrationIntegrationTests {

	private static final long LIMIT_SECONDS = 60;

	@Test
	void handlersServeClientsOfTheServerWiredByHand() throws Exception {
		int port = FreePort.find();
		try (ConfigurableApplicationContext context = run(Before.class, "chat.port=" + port)) {
			assertServes(port);
		}
	}

	@Test
	void theSameHandlersServeClientsOfTheStarter() throws Exception {
		try (ConfigurableApplicationContext context = run(After.class, "socketio.port=0",
				"socketio.cors.allowed-origins=https://www.example.org", "socketio.max-payload=100KB")) {
			int port = context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
			assertServes(port);
			BlockingQueue<Object> refused = new LinkedBlockingQueue<>();
			Socket stranger = socket(port, "");
			stranger.once(Socket.EVENT_CONNECT_ERROR, (args) -> refused.add(args[0]));
			stranger.connect();
			assertThat(refused.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).asString().contains("token missing");
			stranger.close();
		}
	}

	private static ConfigurableApplicationContext run(Class<?> application, String... properties) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.properties("spring.config.name=migration")
			.properties(properties)
			.run();
	}

	private static void assertServes(int port) throws Exception {
		BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
		BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
		Socket ann = socket(port, "token=ann");
		Socket bob = socket(port, "token=bob");
		try {
			bob.on("chat", (args) -> heard.add(args[0]));
			// Asked over the same connection: the connect handler has run before
			ask(bob, answers);
			ask(ann, answers);
			assertThat(heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isInstanceOfSatisfying(JSONObject.class,
					(message) -> assertThat(message.optString("text")).isEqualTo("hello"));
		}
		finally {
			ann.close();
			bob.close();
		}
	}

	private static void ask(Socket socket, BlockingQueue<Object> answers) throws Exception {
		socket.connect();
		socket.emit("chat", new JSONObject().put("from", "me").put("text", "hello"),
				(Ack) (args) -> answers.add(args[0]));
		assertThat(answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("heard");
	}

	private static Socket socket(int port, String query) {
		return IO.socket(URI.create("http://127.0.0.1:" + port),
				IO.Options.builder().setForceNew(true).setQuery(query).build());
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ HandWiredConfiguration.class, ChatHandler.class })
	static class Before {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ ChatHandler.class, TokenAuthenticator.class })
	static class After {

	}

}
