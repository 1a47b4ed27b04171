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

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.demo.cluster.ClusterProcess;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import okhttp3.OkHttpClient;
import org.json.JSONObject;

/**
 * An official client with an address and cookies of its own, which comes back by itself.
 */
final class Client implements AutoCloseable {

	private static final long LIMIT_SECONDS = ClusterProcess.LIMIT.toSeconds();

	private final String name;

	private final Mode mode;

	private final OkHttpClient http;

	private final Socket socket;

	private final List<String> disconnects = new CopyOnWriteArrayList<>();

	private final List<String> messages = new CopyOnWriteArrayList<>();

	private volatile CompletableFuture<Object> connected = new CompletableFuture<>();

	private volatile CompletableFuture<Object> disconnected = new CompletableFuture<>();

	private Client(String url, Mode mode, String address) {
		this.name = mode + " from " + address;
		this.mode = mode;
		this.http = new OkHttpClient.Builder().socketFactory(new LocalSockets(address))
			.cookieJar(new Cookies())
			.readTimeout(0, TimeUnit.SECONDS)
			.build();
		IO.Options options = IO.Options.builder()
			.setForceNew(true)
			.setTransports(mode.transports)
			.setReconnectionDelay(100)
			.setReconnectionDelayMax(1000)
			.build();
		options.callFactory = this.http;
		options.webSocketFactory = this.http;
		this.socket = IO.socket(URI.create(url), options);
		this.socket.on(Socket.EVENT_CONNECT, (args) -> {
			this.disconnected = new CompletableFuture<>();
			this.connected.complete(true);
		});
		this.socket.on(Socket.EVENT_DISCONNECT, (args) -> {
			this.connected = new CompletableFuture<>();
			this.disconnects.add(String.valueOf(args[0]));
			this.disconnected.complete(true);
		});
		this.socket.on("message", (args) -> this.messages.add(((JSONObject) args[0]).optString("text")));
	}

	/**
	 * Connect a client.
	 * @param url address of the balancer
	 * @param mode transports to use
	 * @param address the client's own address, a loopback one
	 */
	static Client connect(String url, Mode mode, String address) {
		Client client = new Client(url, mode, address);
		client.socket.connect();
		client.awaitConnected();
		return client;
	}

	void awaitConnected() {
		this.connected.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
	}

	/**
	 * Return the process that answers now.
	 */
	long node() {
		awaitConnected();
		return echo("node").join().optJSONObject("by").optLong("pid");
	}

	CompletableFuture<JSONObject> echo(String value) {
		return ask("echo", value);
	}

	JSONObject join(String room) {
		return ask("join", new JSONObject(Map.of("room", room, "name", "Ada"))).join();
	}

	JSONObject say(String text) {
		return ask("message", text).join();
	}

	private CompletableFuture<JSONObject> ask(String event, Object value) {
		CompletableFuture<JSONObject> answer = new CompletableFuture<>();
		this.socket.emit(event, new Object[] { value }, (Ack) (args) -> answer.complete((JSONObject) args[0]));
		return answer.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
	}

	/**
	 * Send an event and wait until it is answered or the connection it was sent on is
	 * lost.
	 * @return {@code false} if it was not answered though the connection is there
	 */
	boolean echoOrDisconnect(String value) {
		awaitConnected();
		CompletableFuture<Object> disconnected = this.disconnected;
		CompletableFuture<JSONObject> answer = echo(value);
		try {
			CompletableFuture.anyOf(answer, disconnected).join();
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Return what the client calls it when the server closes the connection. With
	 * WebSocket it takes that for an error.
	 */
	String reasonOfClose() {
		return (this.mode == Mode.POLLING) ? "transport close" : "transport error";
	}

	/**
	 * Return why the client was disconnected, each time.
	 */
	List<String> disconnects() {
		return this.disconnects;
	}

	/**
	 * Return what was said in the client's room.
	 */
	List<String> messages() {
		return this.messages;
	}

	@Override
	public void close() {
		this.socket.close();
		this.http.dispatcher().executorService().shutdown();
		this.http.connectionPool().evictAll();
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * Transports that a client uses.
	 */
	enum Mode {

		/**
		 * HTTP long-polling only.
		 */
		POLLING("polling"),

		/**
		 * First HTTP long-polling, then WebSocket.
		 */
		UPGRADE("polling", "websocket"),

		/**
		 * WebSocket only.
		 */
		WEBSOCKET("websocket");

		private final String[] transports;

		Mode(String... transports) {
			this.transports = transports;
		}

	}

}
