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

package io.github.socketioboot.engine.netty;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * TCP connection of a client that sends exactly the bytes it is told and reads HTTP
 * responses one by one.
 */
final class RawConnection implements Closeable {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final Socket socket = new Socket();

	private final InputStream input;

	private RawConnection(int port) throws IOException {
		this.socket.setSoTimeout((int) TIMEOUT.toMillis());
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) TIMEOUT.toMillis());
		this.input = new BufferedInputStream(this.socket.getInputStream());
	}

	static RawConnection open(int port) throws IOException {
		return new RawConnection(port);
	}

	/**
	 * Open a connection, send a request, read a response and close.
	 * @param port port of the server
	 * @param request request, one byte a character
	 * @return the response
	 */
	static Response exchange(int port, String request) throws IOException {
		try (RawConnection connection = open(port)) {
			return connection.send(request).read();
		}
	}

	/**
	 * Return the client's port.
	 * @return the port
	 */
	int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * Read bytes.
	 * @param count how many
	 * @return the bytes, a character each
	 */
	String readBytes(int count) throws IOException {
		return new String(this.input.readNBytes(count), StandardCharsets.ISO_8859_1);
	}

	/**
	 * Close with a reset.
	 */
	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	RawConnection send(String bytes) throws IOException {
		this.socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		return this;
	}

	Response read() throws IOException {
		Response head = readHead();
		int length = Integer.parseInt(head.headers().getOrDefault("Content-Length", "0"));
		String body = new String(this.input.readNBytes(length), StandardCharsets.UTF_8);
		return new Response(head.status(), head.headers(), body);
	}

	/**
	 * Read a response without its body, as there is to HEAD.
	 * @return the response
	 */
	Response readHead() throws IOException {
		String statusLine = readLine();
		if (statusLine == null) {
			throw new IOException("closed instead of a response");
		}
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String line = readLine(); line != null && !line.isEmpty(); line = readLine()) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
		}
		return new Response(Integer.parseInt(statusLine.substring(9, 12)), headers, "");
	}

	/**
	 * Read responses until the server closes the connection.
	 * @return the responses
	 */
	List<Response> readAll() throws IOException {
		List<Response> responses = new ArrayList<>();
		while (!isClosedByPeer()) {
			responses.add(read());
		}
		return responses;
	}

	/**
	 * Wait for the next byte or the end.
	 * @return {@code true} if the end has come
	 */
	boolean isClosedByPeer() throws IOException {
		this.input.mark(1);
		try {
			if (this.input.read() == -1) {
				return true;
			}
		}
		catch (SocketException ex) {
			// A reset is an end too: the server left bytes unread
			return true;
		}
		this.input.reset();
		return false;
	}

	/**
	 * Wait for something to read, the end included.
	 * @param timeout how long
	 * @return whether there is
	 */
	boolean hasInputWithin(Duration timeout) throws IOException {
		this.socket.setSoTimeout((int) timeout.toMillis());
		try {
			isClosedByPeer();
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		finally {
			this.socket.setSoTimeout((int) TIMEOUT.toMillis());
		}
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.input.read(); next != '\n'; next = this.input.read()) {
			if (next == -1) {
				return line.isEmpty() ? null : line.toString();
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * A response.
	 *
	 * @param status its status
	 * @param headers its headers; names in any case
	 * @param body its body
	 */
	record Response(int status, Map<String, String> headers, String body) {

	}

}
