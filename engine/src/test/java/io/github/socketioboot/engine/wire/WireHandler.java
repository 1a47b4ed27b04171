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

package io.github.socketioboot.engine.wire;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.namespace.Ack;
import io.github.socketioboot.engine.namespace.ConnectRefusedException;
import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.NamespaceHandler;
import io.github.socketioboot.engine.namespace.Socket;
import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Notes what it is told. Sends the event {@code echo} back, answers acknowledgements with
 * the arguments, except for {@code silent}.
 */
final class WireHandler implements NamespaceHandler {

	private static final long WAIT_SECONDS = 30;

	private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

	private volatile boolean refusing;

	/**
	 * Refuse every client from now on.
	 */
	void refuseAll() {
		this.refusing = true;
	}

	/**
	 * Wait for the next call.
	 */
	String next() throws InterruptedException {
		String call = this.log.poll(WAIT_SECONDS, TimeUnit.SECONDS);
		assertThat(call).as("a call in time").isNotNull();
		return call;
	}

	void forget() {
		this.log.clear();
	}

	boolean isSilent() {
		return this.log.isEmpty();
	}

	@Override
	public void authenticate(Socket socket, @Nullable Object auth) throws ConnectRefusedException {
		switch (socket.namespace().name()) {
			case "/deny" -> {
				Map<String, Object> data = new LinkedHashMap<>();
				data.put("content", "Please retry later");
				data.put("code", 42);
				throw new ConnectRefusedException("not authorized", data);
			}
			case "/mw" -> throw new ConnectRefusedException("no data");
			case "/early" -> socket.emit("early", 1);
			default -> {
			}
		}
		if (this.refusing || (auth instanceof Map<?, ?> map && map.containsKey("refuse"))) {
			throw new ConnectRefusedException("refused");
		}
	}

	@Override
	public void onConnect(Socket socket) {
		this.log.add("connect " + socket.namespace().name() + " " + socket.auth());
	}

	@Override
	public EventOutcome onEvent(Socket socket, String name, List<@Nullable Object> args, @Nullable Ack ack) {
		this.log.add("event " + name + " " + readable(args));
		switch (name) {
			case "echo" -> socket.emit("echo", args);
			case "to" -> socket.namespace().broadcast().emit("echo", args.toArray());
			case "leave" -> socket.disconnect(false);
			case "close" -> socket.disconnect(true);
			default -> {
			}
		}
		if (ack != null && !"silent".equals(name)) {
			ack.send(args);
			if ("twice".equals(name)) {
				ack.send(List.of("again"));
			}
		}
		return EventOutcome.SUCCESS;
	}

	@Override
	public void onDisconnecting(Socket socket, CloseReason reason) {
		this.log.add("disconnecting " + socket.namespace().name() + " " + reason);
	}

	@Override
	public void onDisconnect(Socket socket, CloseReason reason) {
		this.log.add("disconnect " + socket.namespace().name() + " " + reason);
	}

	@Override
	public void onError(Socket socket, Throwable error) {
		this.log.add("error " + error);
	}

	private static @Nullable Object readable(@Nullable Object value) {
		if (value instanceof byte[] bytes) {
			return HexFormat.of().formatHex(bytes);
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> readable = new ArrayList<>();
			list.forEach((item) -> readable.add(readable(item)));
			return readable;
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> readable = new LinkedHashMap<>();
			map.forEach((key, item) -> readable.put(key, readable(item)));
			return readable;
		}
		return value;
	}

}
