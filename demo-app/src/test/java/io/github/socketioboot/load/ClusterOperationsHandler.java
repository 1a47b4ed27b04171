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

package io.github.socketioboot.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.engine.adapter.MissingResponsesException;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.namespace.AckTimeoutException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;

/**
 * Does what clients ask for to the whole cluster, as the servers of
 * {@code redis-cluster.js} do.
 */
public class ClusterOperationsHandler {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final SocketIoOperations operations;

	private final Queue<List<@Nullable Object>> heard = new ConcurrentLinkedQueue<>();

	ClusterOperationsHandler(SocketIoOperations operations, @Value("${test.server-name:server}") String name) {
		this.operations = operations;
		operations.onServerSideEmit("told", (args, answer) -> this.heard.add(args));
		operations.onServerSideEmit("consulted", (args, answer) -> {
			if (answer != null) {
				answer.accept(name + " " + args.get(0));
			}
		});
	}

	/**
	 * Join a room.
	 * @param client the client
	 * @param room the room
	 * @return {@code true}
	 */
	@OnEvent("join")
	public boolean join(SocketIOClient client, String room) {
		client.joinRoom(room);
		return true;
	}

	/**
	 * Keep a value for a client.
	 * @param client the client
	 * @param key its key
	 * @param value the value
	 * @return {@code true}
	 */
	@OnEvent("set")
	public boolean set(SocketIOClient client, String key, Object value) {
		client.set(key, value);
		return true;
	}

	/**
	 * Do something and answer with the outcome.
	 * @param operation what to do
	 * @return the outcome
	 */
	@OnEvent("do")
	public Object perform(Map<String, Object> operation) {
		SocketIoOperations selected = this.operations.in(texts(operation.get("rooms")))
			.except(texts(operation.get("except")));
		SocketIoOperations limited = selected.timeout(
				(operation.get("timeout") instanceof Number millis) ? Duration.ofMillis(millis.longValue()) : LIMIT);
		@Nullable Object[] args = (operation.get("args") instanceof List<?> list) ? list.toArray() : new Object[0];
		String room = String.valueOf(operation.get("room"));
		String event = String.valueOf(operation.get("event"));
		switch (String.valueOf(operation.get("kind"))) {
			case "emit" -> selected.emit(event, args);
			case "ask" -> {
				return await(limited.emitWithAck(event, args));
			}
			case "fetch" -> {
				return await(((operation.get("timeout") != null) ? limited : selected).fetchSockets()).stream()
					.map((socket) -> Map.of("id", socket.id(), "rooms", socket.rooms(), "data",
							Objects.requireNonNullElse(socket.data(), Map.of())))
					.toList();
			}
			case "join" -> selected.socketsJoin(room);
			case "leave" -> selected.socketsLeave(room);
			case "disconnect" -> selected.disconnectSockets(Boolean.TRUE.equals(operation.get("close")));
			case "tell" -> this.operations.serverSideEmit("told", args);
			case "consult" -> {
				return await(this.operations.serverSideEmitWithAck("consulted", args));
			}
			case "heard" -> {
				return new ArrayList<>(this.heard);
			}
			default -> throw new IllegalArgumentException("kind: " + operation.get("kind"));
		}
		return true;
	}

	/**
	 * Do something and answer with the outcome, or with the failure and what has come.
	 * @param operation what to do
	 * @return the {@code value}, or the {@code error} and the {@code responses}
	 */
	@OnEvent("try")
	public Map<String, Object> attempt(Map<String, Object> operation) {
		try {
			return Map.of("value", perform(operation));
		}
		catch (CompletionException ex) {
			Throwable cause = Objects.requireNonNullElse(ex.getCause(), ex);
			return Map.of("error", String.valueOf(cause.getMessage()), "responses", responses(cause));
		}
	}

	private static List<?> responses(Throwable failure) {
		if (failure instanceof AckTimeoutException timeout) {
			return timeout.responses();
		}
		return (failure instanceof MissingResponsesException missing)
				? missing.responses().stream().map(ClusterOperationsHandler::plain).toList() : List.of();
	}

	private static Object plain(@Nullable Object response) {
		return (response instanceof SocketDetails socket) ? Map.of("id", socket.id()) : String.valueOf(response);
	}

	private static <T> T await(CompletableFuture<T> outcome) {
		return outcome.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
	}

	private static String[] texts(@Nullable Object list) {
		return (list instanceof List<?> names) ? names.stream().map(String::valueOf).toArray(String[]::new)
				: new String[0];
	}

}
