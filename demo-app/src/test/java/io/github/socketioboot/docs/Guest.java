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
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official Java client, connected, with what it hears by event. Thread-safe.
 */
final class Guest implements AutoCloseable {

	private static final long LIMIT_SECONDS = 60;

	private final Map<String, BlockingQueue<Object>> heard = new ConcurrentHashMap<>();

	private final Socket socket;

	private Guest(Socket socket) {
		this.socket = socket;
	}

	static Guest connect(int port, String namespace, String... rooms) throws Exception {
		Guest guest = new Guest(IO.socket(URI.create("http://127.0.0.1:" + port + namespace),
				IO.Options.builder().setForceNew(true).build()));
		BlockingQueue<Object> connected = new LinkedBlockingQueue<>();
		guest.socket.once(Socket.EVENT_CONNECT, (args) -> connected.add("connected"));
		guest.socket
			.onAnyIncoming((args) -> guest.of(String.valueOf(args[0])).add((args.length > 1) ? args[1] : "nothing"));
		guest.socket.once(Socket.EVENT_DISCONNECT, (args) -> guest.of("left").add(args[0]));
		guest.socket.connect();
		assertThat(connected.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
		for (String room : rooms) {
			guest.ask("enter", room);
		}
		return guest;
	}

	private BlockingQueue<Object> of(String event) {
		return this.heard.computeIfAbsent(event, (name) -> new LinkedBlockingQueue<>(100));
	}

	String id() {
		return this.socket.id();
	}

	Socket socket() {
		return this.socket;
	}

	void emit(String event, Object... args) {
		this.socket.emit(event, args);
	}

	/**
	 * Emit and wait for the first argument of the answer.
	 */
	Object ask(String event, Object... args) throws InterruptedException {
		BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
		this.socket.emit(event, args, (Ack) (answer) -> answers.add((answer.length > 0) ? answer[0] : "nothing"));
		Object answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
		assertThat(answer).as("answer to " + event).isNotNull();
		return answer;
	}

	/**
	 * Answer each event of a name.
	 */
	void answers(String event, Object answer) {
		this.socket.on(event, (args) -> ((Ack) args[args.length - 1]).call(answer));
	}

	/**
	 * Wait for the next event of a name.
	 */
	Object hears(String event) throws InterruptedException {
		Object heard = of(event).poll(LIMIT_SECONDS, TimeUnit.SECONDS);
		assertThat(heard).as(event).isNotNull();
		return heard;
	}

	/**
	 * Assert that no such event has come before the latest answer.
	 */
	void hasHeardNothingMore(String event) {
		assertThat(of(event)).isEmpty();
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
