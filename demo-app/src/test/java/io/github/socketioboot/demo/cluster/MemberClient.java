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

import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of one server of a cluster, which may have the server do something to the
 * whole cluster. Answers the event {@code question} and keeps those named {@code news}.
 */
final class MemberClient implements AutoCloseable {

	private final BlockingQueue<List<@Nullable Object>> news = new LinkedBlockingQueue<>();

	private final CompletableFuture<String> disconnected = new CompletableFuture<>();

	private final String label;

	private final Socket socket;

	private MemberClient(String label, String url) {
		this.label = label;
		IO.Options options = IO.Options.builder()
			.setForceNew(true)
			.setReconnection(false)
			.setTransports(new String[] { "websocket" })
			.build();
		this.socket = IO.socket(URI.create(url), options);
		this.socket.on("news", (args) -> this.news.add(plain(args)));
		this.socket.on("question", (args) -> ((Ack) args[args.length - 1]).call(label));
		this.socket.on(Socket.EVENT_DISCONNECT, (args) -> this.disconnected.complete(String.valueOf(args[0])));
	}

	/**
	 * Connect a client.
	 * @param label what it answers questions with
	 * @param url address of its server, with a namespace if it is not the default one
	 * @param rooms rooms to join
	 */
	static MemberClient connect(String label, String url, String... rooms) throws Exception {
		MemberClient client = new MemberClient(label, url);
		CompletableFuture<Void> connected = new CompletableFuture<>();
		client.socket.on(Socket.EVENT_CONNECT, (args) -> connected.complete(null));
		client.socket.on(Socket.EVENT_CONNECT_ERROR,
				(args) -> connected.completeExceptionally(new IllegalStateException(String.valueOf(args[0]))));
		client.socket.connect();
		connected.get(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
		for (String room : rooms) {
			client.ask("join", room).get(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		return client;
	}

	String id() {
		return this.socket.id();
	}

	/**
	 * Have the server do something.
	 * @param operation what to do
	 * @return the {@code value}, or the {@code error} and the {@code responses}
	 */
	CompletableFuture<Map<String, @Nullable Object>> attempt(Map<String, ?> operation) {
		return ask("try", new JSONObject(operation)).thenApply(MemberClient::map);
	}

	private CompletableFuture<@Nullable Object> ask(String event, Object arg) {
		CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
		this.socket.emit(event, new Object[] { arg },
				(Ack) (args) -> answer.complete((args.length > 0) ? plain(args[0]) : null));
		return answer;
	}

	/**
	 * Take all news up to a mark.
	 * @param mark only argument of the event that is the mark
	 * @return arguments of the events before
	 */
	List<List<@Nullable Object>> newsUpTo(String mark) throws InterruptedException {
		List<List<@Nullable Object>> before = new ArrayList<>();
		while (true) {
			List<@Nullable Object> next = this.news.poll(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
			assertThat(next).as("%s waits for %s", this, mark).isNotNull();
			if (next.equals(List.of(mark))) {
				return before;
			}
			before.add(next);
		}
	}

	/**
	 * Tell why the client is no longer connected.
	 */
	CompletableFuture<String> disconnected() {
		return this.disconnected;
	}

	@Override
	public void close() {
		this.socket.close();
	}

	@Override
	public String toString() {
		return this.label;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, @Nullable Object> map(@Nullable Object value) {
		assertThat(value).isInstanceOf(Map.class);
		return (Map<String, @Nullable Object>) value;
	}

	private static List<@Nullable Object> plain(Object... values) {
		List<@Nullable Object> list = new ArrayList<>();
		for (Object value : values) {
			list.add(plain(value));
		}
		return list;
	}

	private static @Nullable Object plain(Object value) {
		try {
			if (value instanceof JSONArray array) {
				List<@Nullable Object> list = new ArrayList<>();
				for (int i = 0; i < array.length(); i++) {
					list.add(plain(array.get(i)));
				}
				return list;
			}
			if (value instanceof JSONObject object) {
				Map<String, @Nullable Object> map = new LinkedHashMap<>();
				for (Iterator<?> keys = object.keys(); keys.hasNext();) {
					String key = String.valueOf(keys.next());
					map.put(key, plain(object.get(key)));
				}
				return map;
			}
		}
		catch (JSONException ex) {
			throw new AssertionError(ex);
		}
		return (value == JSONObject.NULL) ? null : value;
	}

}
