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

package io.github.socketioboot.engine.namespace;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Handler that remembers what it was told.
 */
class RecordingHandler implements NamespaceHandler {

	final List<String> calls = new CopyOnWriteArrayList<>();

	final List<Socket> sockets = new CopyOnWriteArrayList<>();

	final List<Throwable> errors = new CopyOnWriteArrayList<>();

	final List<Ack> acks = new CopyOnWriteArrayList<>();

	volatile boolean heartbeats;

	Socket socket() {
		return this.sockets.get(this.sockets.size() - 1);
	}

	@Override
	public void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
		this.sockets.add(socket);
		this.calls.add("authenticate " + auth);
	}

	@Override
	public void onConnect(Socket socket) {
		this.calls.add("connect");
	}

	@Override
	public EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
		this.calls.add("event " + name + " " + describe(args));
		if (ack != null) {
			this.acks.add(ack);
		}
		return EventOutcome.SUCCESS;
	}

	private static String describe(List<@Nullable Object> args) {
		return args.stream()
			.map((arg) -> (arg instanceof byte[] bytes) ? Arrays.toString(bytes) : String.valueOf(arg))
			.toList()
			.toString();
	}

	@Override
	public void onDisconnecting(Socket socket, CloseReason reason) {
		this.calls.add("disconnecting " + reason + " " + socket.rooms());
	}

	@Override
	public void onDisconnect(Socket socket, CloseReason reason) {
		this.calls.add("disconnect " + reason + " " + socket.rooms());
	}

	@Override
	public boolean wantsHeartbeats() {
		return this.heartbeats;
	}

	@Override
	public void onHeartbeat(Socket socket, EngineVersion version) {
		this.calls.add("heartbeat " + version);
	}

	@Override
	public void onError(Socket socket, Throwable error) {
		this.errors.add(error);
	}

	@Override
	public @Nullable Object data(Socket socket) {
		return "data";
	}

}
