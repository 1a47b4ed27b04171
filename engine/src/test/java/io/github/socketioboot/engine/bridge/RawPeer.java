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

package io.github.socketioboot.engine.bridge;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A peer that says exactly what it is told to, in HTTP and WebSocket. Not thread-safe.
 */
final class RawPeer implements Closeable {

	private static final int TIMEOUT = (int) TimeUnit.SECONDS.toMillis(30);

	private static final int TEXT = 1;

	private static final int BINARY = 2;

	private static final int CLOSE = 8;

	private final Socket socket;

	private final InputStream in;

	RawPeer(int port) {
		try {
			this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
			this.socket.setSoTimeout(TIMEOUT);
			this.socket.setTcpNoDelay(true);
			this.in = this.socket.getInputStream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int localPort() {
		return this.socket.getLocalPort();
	}

	/**
	 * Send a request and read its answer.
	 * @return the answer, or {@code null} if the connection ended instead
	 */
	@Nullable Answer request(String method, String target, String body, String... headers) {
		send(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines(headers) + "Content-Length: "
				+ body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
		try {
			return readAnswer(!method.equals("HEAD"));
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Send a request and leave its answer to be read.
	 */
	void send(String text) {
		try {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Ask for a WebSocket.
	 * @return the status of the answer
	 */
	int upgrade(String target, String... headers) {
		send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + lines(headers)
				+ "\r\n");
		try {
			return readAnswer(false).status();
		}
		catch (IOException ex) {
			return -1;
		}
	}

	void sendText(String text) {
		sendFrame(TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	void sendBinary(byte... data) {
		sendFrame(BINARY, data);
	}

	/**
	 * Read the next text message, heartbeats left out.
	 * @return the message, or {@code null} if the connection has ended
	 */
	@Nullable String nextText() {
		Frame frame = nextFrame();
		return (frame != null) ? frame.text() : null;
	}

	/**
	 * Read the next message.
	 * @return the message, or {@code null} if the connection has ended
	 */
	@Nullable Frame nextFrame() {
		while (true) {
			Frame frame = readFrame();
			if (frame == null || frame.opcode() == CLOSE) {
				return null;
			}
			if (frame.opcode() == BINARY || !frame.text().equals("2")) {
				return frame;
			}
		}
	}

	String expectText(String prefix) {
		String text = nextText();
		if (text == null || !text.startsWith(prefix)) {
			throw new AssertionError("expected " + prefix + "... but got " + text);
		}
		return text;
	}

	private void sendFrame(int opcode, byte[] payload) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(0x80 | opcode);
		if (payload.length < 126) {
			frame.write(0x80 | payload.length);
		}
		else if (payload.length < 65536) {
			frame.write(0x80 | 126);
			frame.write(payload.length >> 8);
			frame.write(payload.length);
		}
		else {
			throw new IllegalArgumentException("payload of " + payload.length + " bytes");
		}
		// A mask of zeros is a mask
		frame.writeBytes(new byte[4]);
		frame.writeBytes(payload);
		try {
			this.socket.getOutputStream().write(frame.toByteArray());
		}
		catch (IOException ex) {
			// The server may have hung up already, which the next read shows
		}
	}

	private @Nullable Frame readFrame() {
		try {
			int first = readByte();
			int length = readByte();
			if (length == 126) {
				length = readByte() << 8 | readByte();
			}
			byte[] payload = this.in.readNBytes(length);
			return new Frame(first & 0x0F, payload);
		}
		catch (IOException ex) {
			return null;
		}
	}

	private Answer readAnswer(boolean body) throws IOException {
		String line = readLine();
		int status = Integer.parseInt(line.split(" ")[1]);
		Map<String, String> headers = new HashMap<>();
		for (line = readLine(); !line.isEmpty(); line = readLine()) {
			int colon = line.indexOf(':');
			headers.merge(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim(),
					(one, other) -> one + "; " + other);
		}
		int length = body ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
		return new Answer(status, headers, new String(this.in.readNBytes(length), StandardCharsets.UTF_8));
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = readByte(); next != '\n'; next = readByte()) {
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

	private int readByte() throws IOException {
		int next = this.in.read();
		if (next < 0) {
			throw new EOFException();
		}
		return next;
	}

	private static String lines(String... headers) {
		StringBuilder lines = new StringBuilder();
		for (String header : headers) {
			lines.append(header).append("\r\n");
		}
		return lines.toString();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Answer to a request.
	 */
	record Answer(int status, Map<String, String> headers, String body) {

		String header(String name) {
			return this.headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
		}

	}

	/**
	 * WebSocket frame.
	 */
	record Frame(int opcode, byte[] payload) {

		String text() {
			return new String(this.payload, StandardCharsets.UTF_8);
		}

	}

}
