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

package io.github.socketioboot.readme;

import java.net.URI;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code of the README does what it says.
 */
@SpringBootTest(classes = ReadmeIntegrationTests.Application.class, webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = "socketio.port=0")
@Timeout(60)
class ReadmeIntegrationTests {

	@Value("${local.socketio.port}")
	int port;

	@Test
	void itsHandlerAnswersAndTellsTheOthers() throws Exception {
		BlockingQueue<JSONObject> heard = new ArrayBlockingQueue<>(10);
		BlockingQueue<JSONObject> answers = new ArrayBlockingQueue<>(10);
		try (Client other = new Client(this.port).entered(); Client client = new Client(this.port)) {
			other.socket().on("said", (args) -> heard.add((JSONObject) args[0]));
			client.socket().on("said", (args) -> answers.add(new JSONObject()));
			client.socket().emit("say", "hello", (Ack) (args) -> answers.add((JSONObject) args[0]));
			JSONObject answer = answers.poll(20, TimeUnit.SECONDS);
			assertThat(answer).isNotNull();
			assertThat(answer.getString("text")).isEqualTo("hello");
			assertThat(answer.getString("from")).isEqualTo(client.socket().id());
			assertThat(heard.poll(20, TimeUnit.SECONDS)).hasToString(answer.toString());
			assertThat(answers).as("what the sender hears of its own event").isEmpty();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(LobbyHandler.class)
	static class Application {

	}

	/**
	 * Client that is connected, and leaves at the end.
	 */
	private record Client(Socket socket) implements AutoCloseable {

		Client(int port) throws InterruptedException {
			this(IO.socket(URI.create("http://127.0.0.1:" + port), IO.Options.builder().setForceNew(true).build()));
			BlockingQueue<String> connected = new ArrayBlockingQueue<>(1);
			this.socket.once(Socket.EVENT_CONNECT, (args) -> connected.add("connected"));
			this.socket.connect();
			assertThat(connected.poll(20, TimeUnit.SECONDS)).isNotNull();
		}

		// Asked over the same connection: the connect handler has run before
		Client entered() throws InterruptedException {
			BlockingQueue<Object> answers = new ArrayBlockingQueue<>(1);
			this.socket.emit("say", "I am here", (Ack) (args) -> answers.add(args[0]));
			assertThat(answers.poll(20, TimeUnit.SECONDS)).isNotNull();
			return this;
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

}
