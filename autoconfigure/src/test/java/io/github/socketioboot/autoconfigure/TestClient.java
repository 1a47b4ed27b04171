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

package io.github.socketioboot.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;

/**
 * The real Java client of Socket.IO, with what it was told in queues.
 */
public final class TestClient implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final Socket socket;

	private final BlockingQueue<String> connections = new LinkedBlockingQueue<>();

	private final BlockingQueue<Object> refusals = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> disconnections = new LinkedBlockingQueue<>();

	private final BlockingQueue<List<Object>> events = new LinkedBlockingQueue<>();

	private TestClient(int port, String namespace, Map<String, String> auth, String transport) {
		this(IO.socket(URI.create("http://127.0.0.1:" + port + namespace), options(auth, transport)));
	}

	private TestClient(Socket socket) {
		this.socket = socket;
		this.socket.on(Socket.EVENT_CONNECT, (args) -> this.connections.add(this.socket.id()));
		this.socket.on(Socket.EVENT_CONNECT_ERROR, (args) -> this.refusals.add(args[0]));
		this.socket.on(Socket.EVENT_DISCONNECT, (args) -> this.disconnections.add(String.valueOf(args[0])));
		this.socket.onAnyIncoming((args) -> this.events.add(Arrays.asList(args)));
		this.socket.connect();
	}

	private static IO.Options options(Map<String, String> auth, String transport) {
		return IO.Options.builder()
			.setForceNew(true)
			.setReconnection(false)
			.setTransports(new String[] { transport })
			.setAuth(auth)
			.build();
	}

	/**
	 * Connect to the default namespace.
	 * @param port port of the server
	 * @return the client, connected
	 */
	public static TestClient connect(int port) {
		return connect(port, "/", Map.of());
	}

	/**
	 * Connect to a namespace.
	 * @param port port of the server
	 * @param namespace the namespace
	 * @param auth what is sent along
	 * @return the client, connected
	 */
	public static TestClient connect(int port, String namespace, Map<String, String> auth) {
		TestClient client = begin(port, namespace, auth);
		take(client.connections, "connection");
		return client;
	}

	/**
	 * Connect to the default namespace by polling.
	 * @param port port of the server
	 * @return the client, connected
	 */
	public static TestClient connectByPolling(int port) {
		TestClient client = new TestClient(port, "/", Map.of(), "polling");
		take(client.connections, "connection");
		return client;
	}

	/**
	 * Begin to connect to a namespace.
	 * @param port port of the server
	 * @param namespace the namespace
	 * @param auth what is sent along
	 * @return the client
	 */
	public static TestClient begin(int port, String namespace, Map<String, String> auth) {
		return new TestClient(port, namespace, auth, "websocket");
	}

	/**
	 * Begin to connect to the default namespace with headers of the handshake.
	 * @param port port of the server
	 * @param headers the headers
	 * @return the client
	 */
	public static TestClient beginWithHeaders(int port, Map<String, List<String>> headers) {
		IO.Options options = options(Map.of(), "websocket");
		options.extraHeaders = headers;
		return new TestClient(IO.socket(URI.create("http://127.0.0.1:" + port), options));
	}

	/**
	 * Begin to connect to another namespace over the same connection.
	 * @param namespace the namespace
	 * @param auth what is sent along
	 * @return the client of that namespace
	 */
	public TestClient beginBeside(String namespace, Map<String, String> auth) {
		return new TestClient(this.socket.io().socket(namespace, IO.Options.builder().setAuth(auth).build()));
	}

	/**
	 * Wait until the client is connected.
	 * @return this
	 */
	public TestClient connected() {
		take(this.connections, "connection");
		return this;
	}

	/**
	 * Return whether events have come that nobody has taken.
	 * @return {@code true} if there are some
	 */
	public boolean hasEvents() {
		return !this.events.isEmpty();
	}

	/**
	 * Return the socket.
	 * @return the socket
	 */
	public Socket socket() {
		return this.socket;
	}

	/**
	 * Send an event and wait for the answer.
	 * @param event name of the event
	 * @param args arguments
	 * @return arguments of the answer
	 */
	public List<Object> ask(String event, Object... args) {
		CompletableFuture<List<Object>> answer = new CompletableFuture<>();
		this.socket.emit(event, args, (Ack) (values) -> answer.complete(Arrays.asList(values)));
		return answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
	}

	/**
	 * Wait for an event.
	 * @return its name and its arguments
	 */
	public List<Object> event() {
		return take(this.events, "event");
	}

	/**
	 * Wait for a refusal.
	 * @return what the client was told
	 */
	public Object refusal() {
		return take(this.refusals, "refusal");
	}

	/**
	 * Wait for the end of the connection.
	 * @return the reason in the client's words
	 */
	public String disconnection() {
		return take(this.disconnections, "disconnection");
	}

	@Override
	public void close() {
		this.socket.close();
	}

	private static <T> T take(BlockingQueue<T> queue, String what) {
		try {
			T value = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
			if (value == null) {
				throw new AssertionError("No " + what + " within " + LIMIT);
			}
			return value;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
