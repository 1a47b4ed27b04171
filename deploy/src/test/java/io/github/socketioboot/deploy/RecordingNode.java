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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands in for a node to see what a balancer sends. It sets the cookie of Engine.IO,
 * says that it is healthy, and never answers polls of a session named {@code slow}.
 */
final class RecordingNode implements AutoCloseable {

	private static final String COOKIE = "Set-Cookie: io=sid; Path=/\r\n";

	/**
	 * Key of all openings of WebSockets that are answered.
	 */
	static final String WEBSOCKET_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

	private static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
			+ "Connection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

	private final ServerSocket server;

	private final Queue<Request> requests;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	/**
	 * Create a node.
	 * @param requests takes what comes, but for questions after health
	 */
	RecordingNode(Queue<Request> requests) throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		this.requests = requests;
		start(this::accept);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "recording-node");
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.server.getLocalPort();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket connection = this.server.accept();
				this.connections.add(connection);
				start(() -> serve(connection));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			BufferedReader in = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
			OutputStream out = connection.getOutputStream();
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				List<String> headers = new ArrayList<>();
				for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
					headers.add(header);
				}
				out.write(answer(new Request(this, connection, line, headers)).getBytes(StandardCharsets.ISO_8859_1));
				out.flush();
			}
		}
		catch (IOException ex) {
			// The balancer closes connections as it likes
		}
		finally {
			this.connections.remove(connection);
		}
	}

	private String answer(Request request) {
		if (request.line().contains(" /health ")) {
			return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
		}
		this.requests.add(request);
		if (request.line().contains("sid=slow")) {
			return "";
		}
		if (!request.values("Upgrade").isEmpty()) {
			return SWITCHING;
		}
		return "HTTP/1.1 200 OK\r\n" + (request.line().contains("sid=") ? "" : COOKIE) + "Content-Length: 2\r\n\r\nok";
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket connection : this.connections) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A request that has come.
	 *
	 * @param node where it has come to
	 * @param connection what it has come over
	 * @param line its first line
	 * @param headers its header lines
	 */
	record Request(RecordingNode node, Socket connection, String line, List<String> headers) {

		/**
		 * Return the values of all headers of a name.
		 */
		List<String> values(String name) {
			String start = name + ":";
			return this.headers.stream()
				.filter((header) -> header.regionMatches(true, 0, start, 0, start.length()))
				.map((header) -> header.substring(start.length()).trim())
				.toList();
		}

	}

}
