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

package io.github.socketioboot.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;

/**
 * Ends TLS before a server, as a balancer does, and notes the first request of each
 * connection: browsers do not tell which cookies they send with a WebSocket.
 */
final class TlsFront implements AutoCloseable {

	private static final int MAX_HEAD = 16 * 1024;

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final ServerSocket listener;

	private final int target;

	TlsFront(SSLContext tls, int target) throws IOException {
		this.target = target;
		this.listener = tls.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress());
		run(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Return the heads of requests for a WebSocket.
	 */
	List<String> upgrades() {
		return this.heads.stream().filter((head) -> head.contains("transport=websocket")).toList();
	}

	private void accept() throws IOException {
		while (!this.listener.isClosed()) {
			Socket client = this.listener.accept();
			this.sockets.add(client);
			run(() -> serve(client));
		}
	}

	private void serve(Socket client) throws IOException {
		try (client; Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target)) {
			this.sockets.add(server);
			byte[] head = readHead(client.getInputStream());
			this.heads.add(new String(head, StandardCharsets.ISO_8859_1));
			server.getOutputStream().write(head);
			run(() -> pump(server, client));
			pump(client, server);
		}
	}

	private static byte[] readHead(InputStream input) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			int next = input.read();
			if (next == -1 || head.size() == MAX_HEAD) {
				throw new IOException("No request");
			}
			head.write(next);
		}
		return head.toByteArray();
	}

	private static void pump(Socket from, Socket to) throws IOException {
		byte[] buffer = new byte[8192];
		try (from; to) {
			OutputStream output = to.getOutputStream();
			int count;
			while ((count = from.getInputStream().read(buffer)) != -1) {
				output.write(buffer, 0, count);
			}
		}
	}

	private static void run(Transfer transfer) {
		Thread thread = new Thread(() -> {
			try {
				transfer.run();
			}
			catch (IOException ex) {
				// One of the two has gone
			}
		}, "tls-front");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	@FunctionalInterface
	private interface Transfer {

		void run() throws IOException;

	}

}
