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
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code of {@code docs/state.md} does what is said there.
 */
@SpringBootTest(classes = StateIntegrationTests.Application.class, webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = "socketio.port=0")
@Timeout(60)
class StateIntegrationTests {

	private static final long LIMIT_SECONDS = 20;

	@Value("${local.socketio.port}")
	int port;

	@Test
	void usersAreKnownByTheirDataAndReachedByTheirRooms() throws Exception {
		BlockingQueue<Object> notes = new ArrayBlockingQueue<>(10);
		Socket ann = connect("ann");
		Socket bob = connect("bob");
		try {
			bob.on("note", (args) -> notes.add(args[0]));
			// Asked over the same connection: the connect handler has run before
			assertThat(who(ann)).contains("ann");
			assertThat(who(bob)).isEqualTo("[\"ann\",\"bob\"]");
			ann.emit("note", "bob", "hello");
			assertThat(notes.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("hello");
		}
		finally {
			ann.close();
			bob.close();
		}
	}

	private Socket connect(String user) {
		IO.Options options = IO.Options.builder().setForceNew(true).setAuth(Map.of("token", user)).build();
		return IO.socket(URI.create("http://127.0.0.1:" + this.port), options).connect();
	}

	private static String who(Socket socket) throws InterruptedException {
		BlockingQueue<Object> answers = new ArrayBlockingQueue<>(1);
		socket.emit("who", new Object[0], (args) -> answers.add(args[0]));
		return String.valueOf(answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(UsersHandler.class)
	static class Application {

		@Bean
		SocketIoAuthenticator authenticator() {
			return (namespace, auth, handshake) -> () -> String.valueOf(auth.get("token"));
		}

	}

}
