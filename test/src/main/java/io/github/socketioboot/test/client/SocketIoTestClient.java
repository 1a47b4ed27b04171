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

package io.github.socketioboot.test.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.socketioboot.test.client.Reception.State;
import io.socket.client.Ack;
import io.socket.client.Socket;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;

/**
 * A real client of Socket.IO for tests: its methods wait until what is expected has come,
 * and fail the test with an {@link AssertionError} that says what came instead.
 * <p>
 * Settings count from the next {@link #connect()}. The client does not reconnect by
 * itself. Events are kept until they are expected, in their order for each name, at most
 * 10,000 of them. For one thread at a time; the thread waits.
 *
 * @since 0.1.0
 */
public final class SocketIoTestClient implements AutoCloseable {

	/**
	 * How long to wait unless {@link #withTimeout} says otherwise.
	 */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * How long {@link #expectNoEvent(String)} watches.
	 */
	public static final Duration QUIET = Duration.ofMillis(500);

	private final URI server;

	private final JsonTrees trees;

	private final Map<String, List<String>> headers = new LinkedHashMap<>();

	private Duration timeout = DEFAULT_TIMEOUT;

	private String path = "/socket.io";

	private String namespace = "/";

	private @Nullable Object auth;

	private @Nullable String query;

	private List<String> transports = List.of("websocket");

	private Reception reception = new Reception();

	private @Nullable Connection connection;

	private SocketIoTestClient(URI server, JsonMapper mapper) {
		this.server = server;
		this.trees = new JsonTrees(mapper);
	}

	/**
	 * Create a client of a server on this host.
	 * @param port port of the server
	 * @return the client, not connected
	 */
	public static SocketIoTestClient of(int port) {
		return of(URI.create("http://127.0.0.1:" + port), JsonMapper.shared());
	}

	/**
	 * Create a client of the server that an application context runs. It waits as long as
	 * the property {@code socketio.test.timeout} says.
	 * @param context the context
	 * @return the client, not connected
	 * @throws IllegalStateException if there is no server
	 */
	public static SocketIoTestClient of(ApplicationContext context) {
		Environment environment = context.getEnvironment();
		String port = environment.getProperty("local.socketio.port");
		Assert.state(port != null, "There is no Socket.IO server: 'local.socketio.port' is not set");
		JsonMapper mapper = context.getBeanProvider(JsonMapper.class).getIfAvailable(JsonMapper::shared);
		return of(URI.create("http://127.0.0.1:" + port), mapper)
			.path(environment.getProperty("socketio.path", "/socket.io"))
			.withTimeout(Binder.get(environment).bind("socketio.test.timeout", Duration.class).orElse(DEFAULT_TIMEOUT));
	}

	/**
	 * Create a client.
	 * @param server address of the server, without a path
	 * @param mapper writes and reads arguments
	 * @return the client, not connected
	 */
	public static SocketIoTestClient of(URI server, JsonMapper mapper) {
		return new SocketIoTestClient(server, mapper);
	}

	/**
	 * Set how long to wait.
	 * @param timeout the longest time, at least 1 ms
	 * @return this client
	 */
	public SocketIoTestClient withTimeout(Duration timeout) {
		if (timeout.toMillis() < 1) {
			throw new IllegalArgumentException("timeout: " + timeout + " (expected: >= 1 ms)");
		}
		this.timeout = timeout;
		return this;
	}

	/**
	 * Set the path of the server.
	 * @param path the path, {@code /socket.io} by default
	 * @return this client
	 */
	public SocketIoTestClient path(String path) {
		this.path = path;
		return this;
	}

	/**
	 * Choose the namespace.
	 * @param namespace its name, such as {@code /admin}
	 * @return this client
	 */
	public SocketIoTestClient namespace(String namespace) {
		this.namespace = namespace.startsWith("/") ? namespace : "/" + namespace;
		return this;
	}

	/**
	 * Set what is sent to be admitted.
	 * @param auth a map, or a value that Jackson writes as an object; {@code null} for
	 * nothing
	 * @return this client
	 */
	public SocketIoTestClient auth(@Nullable Object auth) {
		this.auth = auth;
		return this;
	}

	/**
	 * Add a header to all requests, such as {@code Authorization}, {@code Cookie} or
	 * {@code Origin}.
	 * @param name name of the header
	 * @param value its value
	 * @return this client
	 */
	public SocketIoTestClient header(String name, String value) {
		this.headers.computeIfAbsent(name, (key) -> new ArrayList<>()).add(value);
		return this;
	}

	/**
	 * Set the query of all requests.
	 * @param query the query, encoded, such as {@code room=lobby}
	 * @return this client
	 */
	public SocketIoTestClient query(@Nullable String query) {
		this.query = query;
		return this;
	}

	/**
	 * Choose the transports. Without this the client uses a WebSocket from the beginning.
	 * @param transports {@code polling}, {@code websocket}, or both in this order for a
	 * client that begins by polling and upgrades
	 * @return this client
	 */
	public SocketIoTestClient transports(String... transports) {
		this.transports = List.of(transports);
		return this;
	}

	/**
	 * Connect, and wait until the server has admitted the client to the namespace.
	 * @return this client
	 * @throws AssertionError if the server refuses it, or does not answer in time
	 */
	public SocketIoTestClient connect() {
		begin();
		await("The client has not connected to " + this.namespace,
				() -> this.reception.is(State.CONNECTED) ? this : null,
				() -> this.reception.is(State.REFUSED) || this.reception.is(State.DISCONNECTED));
		return this;
	}

	/**
	 * Connect, and wait until the server refuses the client.
	 * @return what the client was told
	 * @throws AssertionError if the server admits it, or does not answer in time
	 */
	public SocketIoTestRefusal expectConnectError() {
		begin();
		return await("The client was not refused by " + this.namespace, this.reception::refusal,
				() -> this.reception.is(State.CONNECTED));
	}

	private void begin() {
		close();
		Connection connection = new Connection(this.server.resolve(this.namespace), this.path, this.query, this.headers,
				this.transports, (this.auth != null) ? this.trees.write(this.auth) : null);
		Reception reception = new Reception();
		reception.connecting();
		this.connection = connection;
		this.reception = reception;
		Socket socket = connection.socket();
		JsonMapper mapper = this.trees.mapper();
		socket.on(Socket.EVENT_CONNECT, (args) -> reception.connected(socket.id()));
		socket.on(Socket.EVENT_CONNECT_ERROR,
				(args) -> reception.refused(SocketIoTestRefusal.of((args.length > 0) ? args[0] : null, mapper)));
		socket.on(Socket.EVENT_DISCONNECT,
				(args) -> reception.disconnected((args.length > 0) ? String.valueOf(args[0]) : "unknown"));
		socket.onAnyIncoming((args) -> reception.received(event(args)));
		socket.connect();
	}

	private SocketIoTestEvent event(Object[] args) {
		String name = String.valueOf(args[0]);
		int end = args.length;
		Ack ack = (args[end - 1] instanceof Ack asked) ? asked : null;
		if (ack != null) {
			end--;
		}
		return new SocketIoTestEvent(name, arguments("the event '" + name + "'", Arrays.copyOfRange(args, 1, end)), ack,
				this.trees);
	}

	private SocketIoTestArguments arguments(String subject, @Nullable Object[] args) {
		List<JsonNode> values = Arrays.stream(args).map(JsonTrees::read).toList();
		return new SocketIoTestArguments(subject, values, this.trees.mapper());
	}

	/**
	 * Return the public id of the client, which is also the name of its own room.
	 * @return the id that it has or last had
	 * @throws AssertionError if it has never connected
	 */
	public String id() {
		String id = this.reception.id();
		if (id == null) {
			throw failure("The client has no id");
		}
		return id;
	}

	/**
	 * Return whether the client is connected.
	 * @return {@code true} if it is, as far as it knows
	 */
	public boolean isConnected() {
		return this.reception.is(State.CONNECTED);
	}

	/**
	 * Send an event.
	 * @param event name of the event
	 * @param args arguments that Jackson can write; {@code byte[]} are attachments
	 * @throws AssertionError if the client is not connected
	 */
	public void emit(String event, @Nullable Object... args) {
		connected(event).emit(event, this.trees.write(args));
	}

	/**
	 * Send an event and wait for the server's acknowledgement.
	 * @param event name of the event
	 * @param args arguments that Jackson can write; {@code byte[]} are attachments
	 * @return arguments of the acknowledgement
	 * @throws AssertionError if the client is not connected, or no acknowledgement comes
	 * in time
	 */
	public SocketIoTestArguments emitWithAck(String event, @Nullable Object... args) {
		Reception reception = this.reception;
		AtomicReference<@Nullable SocketIoTestArguments> answer = new AtomicReference<>();
		connected(event).emit(event, this.trees.write(args), (values) -> reception
			.change(() -> answer.set(arguments("the acknowledgement of '" + event + "'", values))));
		return await("No acknowledgement of '" + event + "'", answer::get, () -> !isConnected());
	}

	private Socket connected(String event) {
		Connection connection = this.connection;
		if (connection == null || !isConnected()) {
			throw failure("The event '" + event + "' was not sent");
		}
		return connection.socket();
	}

	/**
	 * Wait for an event. Events of other names stay for later expectations.
	 * @param name name of the event
	 * @return the first event of this name that nobody has expected yet
	 * @throws AssertionError if none comes in time
	 */
	public SocketIoTestEvent expectEvent(String name) {
		return await("No event '" + name + "'", () -> this.reception.take(name), () -> !isConnected());
	}

	/**
	 * Wait for an event with one argument. Events of other names stay for later
	 * expectations.
	 * @param <T> type of the argument
	 * @param name name of the event
	 * @param type type of the argument
	 * @return the argument of the first event of this name that nobody has expected yet
	 * @throws AssertionError if none comes in time, or its argument is of another type
	 */
	public <T> T expectEvent(String name, Class<T> type) {
		return expectEvent(name).arguments().as(type);
	}

	/**
	 * Watch that no event of a name comes, for half a second. Quicker and surer is to
	 * expect an event that the server sends after the one in question.
	 * @param name name of the event
	 * @throws AssertionError if one is there or comes
	 */
	public void expectNoEvent(String name) {
		expectNoEvent(name, QUIET);
	}

	/**
	 * Watch that no event of a name comes.
	 * @param name name of the event
	 * @param time how long to watch
	 * @throws AssertionError if one is there or comes
	 */
	public void expectNoEvent(String name, Duration time) {
		SocketIoTestEvent event = this.reception.await(time, () -> this.reception.take(name), () -> !isConnected());
		if (event != null) {
			throw failure("There is an event " + event + " that must not come");
		}
	}

	/**
	 * Wait until the server, or the network, has ended the connection.
	 * @return the reason in the client's words, such as {@code io server disconnect} or
	 * {@code transport close}
	 * @throws AssertionError if it does not end in time
	 */
	public String expectDisconnect() {
		return await("The connection has not ended", this.reception::reason,
				() -> this.reception.is(State.NEW) || this.reception.is(State.REFUSED));
	}

	/**
	 * Disconnect as a client does that says so, and wait until it has. Events that have
	 * come can still be expected.
	 */
	public void disconnect() {
		Connection connection = this.connection;
		if (connection != null) {
			connection.socket().disconnect();
			this.reception.await(this.timeout, () -> isConnected() ? null : this, () -> false);
		}
	}

	/**
	 * Disconnect, and free what the client has.
	 */
	@Override
	public void close() {
		Connection connection = this.connection;
		this.connection = null;
		if (connection != null) {
			connection.close();
		}
	}

	private <T> T await(String failure, Supplier<@Nullable T> found, BooleanSupplier hopeless) {
		long start = System.nanoTime();
		T value = this.reception.await(this.timeout, found, hopeless);
		if (value == null) {
			Duration waited = Duration.ofNanos(System.nanoTime() - start);
			throw failure(failure + ((waited.compareTo(this.timeout) < 0) ? " after " + waited.toMillis() + " ms"
					: " within " + this.timeout.toMillis() + " ms"));
		}
		return value;
	}

	private AssertionError failure(String message) {
		return new AssertionError("%s%n  client: %s%s by %s%n  %s".formatted(message, this.server, this.namespace,
				String.join(", ", this.transports), this.reception.describe()));
	}

}
