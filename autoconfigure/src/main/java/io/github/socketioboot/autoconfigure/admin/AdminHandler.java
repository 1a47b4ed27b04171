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

package io.github.socketioboot.autoconfigure.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.namespace.Ack;
import io.github.socketioboot.engine.namespace.ConnectRefusedException;
import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.namespace.NamespaceHandler;
import io.github.socketioboot.engine.namespace.Socket;
import io.github.socketioboot.engine.namespace.SocketIoEngine;
import org.jspecify.annotations.Nullable;

/**
 * Serves pages of the Admin UI. Its own authentication decides, none of the application.
 */
final class AdminHandler implements NamespaceHandler {

	/**
	 * Most sockets that a page is told when it connects.
	 */
	static final int MAX_SOCKETS = 10_000;

	/**
	 * The page knows this message and shows its login form.
	 */
	private static final String INVALID = "invalid credentials";

	private static final String TOO_MANY = "too many attempts, try again later";

	private final AdminSettings settings;

	private final AdminSessions sessions;

	private final FailedLogins failures;

	private final SocketIoEngine engine;

	private final AdminCommands commands;

	private final @Nullable AdminEvents events;

	AdminHandler(AdminSettings settings, AdminSessions sessions, FailedLogins failures, SocketIoEngine engine,
			@Nullable AdminEvents events) {
		this.settings = settings;
		this.sessions = sessions;
		this.failures = failures;
		this.engine = engine;
		this.commands = new AdminCommands(engine);
		this.events = events;
	}

	@Override
	public void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
		AdminCredentials credentials = this.settings.credentials();
		if (credentials == null) {
			return;
		}
		Map<?, ?> sent = (auth instanceof Map<?, ?> map) ? map : Map.of();
		if (sent.get("sessionId") instanceof String sessionId && this.sessions.isKnown(sessionId)) {
			return;
		}
		if (!this.failures.mayTry(socket.remoteAddress().getAddress())) {
			throw new ConnectRefusedException(TOO_MANY);
		}
		if (sent.get("username") instanceof String username && sent.get("password") instanceof String password) {
			switch (credentials.compare(username, password)) {
				case RIGHT -> {
					socket.attach(new NewSession(this.sessions.begin()));
					return;
				}
				case BUSY -> throw new ConnectRefusedException(TOO_MANY);
				case WRONG -> this.failures.failed(socket.remoteAddress().getAddress());
			}
		}
		else if (!sent.isEmpty()) {
			this.failures.failed(socket.remoteAddress().getAddress());
		}
		throw new ConnectRefusedException(INVALID);
	}

	@Override
	public void onConnect(Socket socket) {
		// The page listens from the connect on; what came before it would be lost
		if (socket.attachment() instanceof NewSession session) {
			socket.attach(null);
			socket.emit("session", session.id());
		}
		AdminEvents events = this.events;
		if (events == null) {
			socket.emit("config", config());
			return;
		}
		// Behind what the page is told of its own socket
		events.execute(() -> {
			socket.emit("config", config());
			fetchAll().thenAccept((sockets) -> socket.emit("all_sockets", List.of(sockets)));
		});
	}

	private Map<String, Object> config() {
		List<String> features = new ArrayList<>();
		if (!this.settings.readOnly()) {
			features.addAll(List.of("EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT"));
		}
		features.add("AGGREGATED_EVENTS");
		if (this.events != null) {
			features.add("ALL_EVENTS");
		}
		return Map.of("supportedFeatures", features);
	}

	private CompletableFuture<List<Object>> fetchAll() {
		Collection<Namespace> namespaces = List.copyOf(this.engine.namespaces());
		Map<Namespace, CompletableFuture<List<SocketDetails>>> fetched = new LinkedHashMap<>();
		namespaces.forEach((namespace) -> fetched.put(namespace, namespace.observe()));
		return CompletableFuture.allOf(fetched.values().toArray(CompletableFuture[]::new)).thenApply((done) -> {
			List<Object> sockets = new ArrayList<>();
			fetched.forEach((namespace, found) -> found.join()
				.stream()
				.limit(MAX_SOCKETS - sockets.size())
				.forEach((socket) -> sockets.add(SocketDescriptions.describe(namespace.name(), socket))));
			return sockets;
		});
	}

	@Override
	public EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
		return (!this.settings.readOnly() && this.commands.run(name, args)) ? EventOutcome.SUCCESS
				: EventOutcome.UNHANDLED;
	}

	@Override
	public boolean handles(String event) {
		return AdminCommands.NAMES.contains(event);
	}

	/**
	 * A session that the page is to be told.
	 *
	 * @param id its secret id
	 */
	private record NewSession(String id) {
	}

}
