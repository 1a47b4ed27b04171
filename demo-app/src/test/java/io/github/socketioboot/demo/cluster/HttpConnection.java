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

package io.github.socketioboot.demo.cluster;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A TCP connection that sends exactly the bytes it is given, and reads answers of known
 * or chunked length. It never tries anything twice.
 */
public final class HttpConnection implements AutoCloseable {

	/**
	 * Longest wait for bytes; generous, as machines may be slow.
	 */
	private static final int READ_TIMEOUT_MILLIS = 60_000;

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	public HttpConnection(int port) throws IOException {
		this(new Socket(InetAddress.getLoopbackAddress(), port));
	}

	public HttpConnection(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(READ_TIMEOUT_MILLIS);
		this.in = new BufferedInputStream(this.socket.getInputStream());
		this.out = this.socket.getOutputStream();
	}

	int localPort() {
		return this.socket.getLocalPort();
	}

	public Answer get(String target, String... headers) throws IOException {
		send(getHead(target, headers));
		return answer();
	}

	public Answer post(String target, String body, String... headers) throws IOException {
		send(postHead(target, body, headers) + body);
		return answer();
	}

	static String getHead(String target, String... headers) {
		return head("GET", target, headers) + "\r\n";
	}

	static String postHead(String target, String body, String... headers) {
		return head("POST", target, headers) + "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: "
				+ body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n";
	}

	private static String head(String method, String target, String... headers) {
		StringBuilder head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
		head.append("Host: localhost\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		return head.toString();
	}

	public void send(String text) throws IOException {
		this.out.write(text.getBytes(StandardCharsets.UTF_8));
		this.out.flush();
	}

	public Answer answer() throws IOException {
		String status = line();
		List<String> headers = new ArrayList<>();
		int length = 0;
		boolean chunked = false;
		for (String header = line(); !header.isEmpty(); header = line()) {
			String lower = header.toLowerCase(Locale.ROOT);
			headers.add(header);
			if (lower.startsWith("content-length:")) {
				length = Integer.parseInt(lower.substring(15).trim());
			}
			chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
		}
		String body = chunked ? chunks() : text(length);
		return new Answer(Integer.parseInt(status.split(" ")[1]), headers, body);
	}

	private String chunks() throws IOException {
		StringBuilder body = new StringBuilder();
		int length;
		do {
			length = Integer.parseInt(line().trim(), 16);
			body.append(text(length));
			line();
		}
		while (length > 0);
		return body.toString();
	}

	private String text(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("connection ended in the body of an answer");
		}
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("connection ended in the head of an answer, after '" + line + "'");
			}
			line.write(next);
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * An answer.
	 *
	 * @param status its status
	 * @param headers its header lines
	 * @param body its body
	 */
	public record Answer(int status, List<String> headers, String body) {

		boolean closes() {
			return values("Connection").stream().anyMatch("close"::equalsIgnoreCase);
		}

		/**
		 * Return the values of all headers of a name.
		 */
		public List<String> values(String name) {
			String start = name + ":";
			return this.headers.stream()
				.filter((header) -> header.regionMatches(true, 0, start, 0, start.length()))
				.map((header) -> header.substring(start.length()).trim())
				.toList();
		}

	}

}
