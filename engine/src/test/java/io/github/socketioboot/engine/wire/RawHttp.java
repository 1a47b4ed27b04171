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

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A TCP connection to the server under test that sends exactly the bytes it is given.
 */
final class RawHttp implements AutoCloseable {

	/**
	 * Longest wait for bytes; generous, as machines may be slow.
	 */
	static final int READ_TIMEOUT_MILLIS = 30_000;

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	RawHttp(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(READ_TIMEOUT_MILLIS);
		this.in = new BufferedInputStream(this.socket.getInputStream());
		this.out = this.socket.getOutputStream();
	}

	Answer get(String target, String... headers) throws IOException {
		return sendGet(target, headers).answer();
	}

	Answer post(String target, String body, String... headers) throws IOException {
		return post(target, body.getBytes(StandardCharsets.UTF_8), headers);
	}

	Answer post(String target, byte[] body, String... headers) throws IOException {
		send(head("POST", target, headers) + "Content-Length: " + body.length + "\r\n\r\n");
		return send(body).answer();
	}

	Answer request(String method, String target, String... headers) throws IOException {
		return send(head(method, target, headers) + "\r\n").answer(!"HEAD".equals(method));
	}

	RawHttp sendGet(String target, String... headers) throws IOException {
		return send(head("GET", target, headers) + "\r\n");
	}

	RawHttp send(String text) throws IOException {
		return send(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	RawHttp send(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
		return this;
	}

	String head(String method, String target, String... headers) {
		StringBuilder head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
		head.append("Host: localhost:").append(this.socket.getPort()).append("\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		return head.toString();
	}

	Answer answer() throws IOException {
		return answer(true);
	}

	private Answer answer(boolean withBody) throws IOException {
		String statusLine = line();
		List<String> headers = new ArrayList<>();
		for (String header = line(); !header.isEmpty(); header = line()) {
			headers.add(header);
		}
		Answer head = new Answer(statusLine, headers, new byte[0]);
		String length = head.header("Content-Length");
		if (!withBody || length == null) {
			return head;
		}
		return new Answer(statusLine, headers, read(Integer.parseInt(length)));
	}

	byte[] read(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("connection ended");
		}
		return bytes;
	}

	/**
	 * Read to the end of the connection.
	 * @return everything that was left
	 */
	String rest() throws IOException {
		return new String(this.in.readAllBytes(), StandardCharsets.ISO_8859_1);
	}

	/**
	 * Wait for the end of the connection.
	 * @return whether nothing came before it
	 */
	boolean isEnded() throws IOException {
		try {
			return this.in.read() == -1;
		}
		catch (SocketException ex) {
			// Reset
			return true;
		}
	}

	/**
	 * Return whether nothing has come by now.
	 */
	boolean isSilent() throws IOException {
		return this.in.available() == 0;
	}

	/**
	 * End the connection at once.
	 */
	void abort() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("connection ended in '" + line + "'");
			}
			if (next != '\r') {
				line.write(next);
			}
		}
		return line.toString(StandardCharsets.ISO_8859_1);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * An answer as it came.
	 *
	 * @param statusLine first line
	 * @param headers header lines
	 * @param body body as announced by its length
	 */
	record Answer(String statusLine, List<String> headers, byte[] body) {

		int status() {
			return Integer.parseInt(this.statusLine.split(" ")[1]);
		}

		@Nullable String header(String name) {
			String prefix = name + ":";
			return this.headers.stream()
				.filter((line) -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
				.map((line) -> line.substring(prefix.length()).trim())
				.findFirst()
				.orElse(null);
		}

		String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		String hex() {
			return HexFormat.of().formatHex(this.body);
		}

		/**
		 * Return status and body, for comparison in one go.
		 */
		String summary() {
			return status() + " " + text();
		}

	}

}
