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
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * WebSocket client that sees each packet as it was sent.
 */
public final class RawWebSocketClient implements WebSocket.Listener {

	private static final int LIMIT_SECONDS = 30;

	private static final String CLOSED = "<closed>";

	private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

	private final StringBuilder partial = new StringBuilder();

	private WebSocket webSocket;

	private RawWebSocketClient() {
	}

	/**
	 * Open a session and connect to no namespace.
	 * @param port port of the server
	 * @return the client
	 */
	public static RawWebSocketClient open(int port) {
		return open(port, "");
	}

	/**
	 * Open a session and connect to no namespace.
	 * @param port port of the server
	 * @param query what stands behind the query of the protocol
	 * @param headers names and values of headers
	 * @return the client
	 */
	public static RawWebSocketClient open(int port, String query, String... headers) {
		RawWebSocketClient client = new RawWebSocketClient();
		WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
		for (int i = 0; i < headers.length; i += 2) {
			builder.header(headers[i], headers[i + 1]);
		}
		client.webSocket = builder
			.buildAsync(URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket" + query), client)
			.join();
		client.awaitMessage("0{");
		return client;
	}

	static RawWebSocketClient connect(int port) {
		RawWebSocketClient client = open(port);
		client.send("40");
		client.awaitMessage("40{");
		return client;
	}

	/**
	 * Send a packet.
	 * @param message the packet
	 */
	public void send(String message) {
		this.webSocket.sendText(message, true).join();
	}

	public String awaitMessage(String prefix) {
		String message = take();
		while (!message.startsWith(prefix)) {
			if (message.equals(CLOSED)) {
				throw new AssertionError("Closed before " + prefix);
			}
			message = take();
		}
		return message;
	}

	/**
	 * Return the next message.
	 */
	public String next() {
		return take();
	}

	public void close() {
		this.webSocket.abort();
	}

	/**
	 * Wait for the end of the connection.
	 * @return what came before it
	 */
	public List<String> messagesUntilClose() {
		List<String> before = new ArrayList<>();
		for (String message = take(); !message.equals(CLOSED); message = take()) {
			before.add(message);
		}
		return before;
	}

	private String take() {
		try {
			String message = this.messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
			if (message == null) {
				throw new AssertionError("Nothing within " + LIMIT_SECONDS + " s");
			}
			return message;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.partial.append(data);
		if (last) {
			this.messages.add(this.partial.toString());
			this.partial.setLength(0);
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.messages.add(CLOSED);
		return null;
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		this.messages.add(CLOSED);
	}

}
