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

package io.github.socketioboot.cluster.primary;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A client's connection, byte by byte as a test wants it.
 */
final class HttpConnection implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 60_000;

	private final Socket socket;

	private final InputStream in;

	HttpConnection(int port) throws IOException {
		this(new Socket(InetAddress.getLoopbackAddress(), port));
	}

	HttpConnection(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.socket.setTcpNoDelay(true);
		this.in = new BufferedInputStream(this.socket.getInputStream());
	}

	Socket socket() {
		return this.socket;
	}

	void send(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	Answer get(String target) throws IOException {
		send(getRequest(target));
		return read();
	}

	Answer post(String target, String body) throws IOException {
		send("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
				+ body.length() + "\r\n\r\n" + body);
		return read();
	}

	static String getRequest(String target) {
		return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
	}

	Answer read() throws IOException {
		String status = line();
		Map<String, String> headers = new TreeMap<>();
		for (String line = line(); !line.isEmpty(); line = line()) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
		}
		String body = "";
		if (headers.containsKey("content-length")) {
			body = new String(bytes(Integer.parseInt(headers.get("content-length"))), StandardCharsets.UTF_8);
		}
		else if ("chunked".equals(headers.get("transfer-encoding"))) {
			body = chunks();
		}
		return new Answer(Integer.parseInt(status.split(" ")[1]), headers, body);
	}

	private String chunks() throws IOException {
		StringBuilder body = new StringBuilder();
		for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
			body.append(new String(bytes(size), StandardCharsets.UTF_8));
			line();
		}
		line();
		return body.toString();
	}

	private byte[] bytes(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException();
		}
		return bytes;
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next == -1) {
				throw new EOFException(line.toString(StandardCharsets.ISO_8859_1));
			}
			line.write(next);
		}
		return line.toString(StandardCharsets.ISO_8859_1).replace("\r", "");
	}

	/**
	 * Wait for the other side to close.
	 */
	boolean isAtEnd() throws IOException {
		return this.in.read() == -1;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	record Answer(int status, Map<String, String> headers, String body) {

	}

}
