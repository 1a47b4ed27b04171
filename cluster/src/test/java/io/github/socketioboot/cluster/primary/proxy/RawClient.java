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

package io.github.socketioboot.cluster.primary.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * A client that sends exactly the bytes it is told, and shows those that it gets.
 */
final class RawClient implements Closeable {

	private final Socket socket;

	private final InputStream input;

	RawClient(Socket socket) throws IOException {
		this.socket = socket;
		this.input = new BufferedInputStream(socket.getInputStream());
	}

	RawClient send(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		return this;
	}

	/**
	 * Send a GET.
	 * @param target its target
	 * @return this client
	 */
	RawClient get(String target) throws IOException {
		return send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
	}

	/**
	 * Read up to and with the next empty line.
	 * @return the text, one byte a character
	 */
	String readHead() throws IOException {
		StringBuilder head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			int next = this.input.read();
			if (next == -1) {
				throw new EOFException("after '" + head + "'");
			}
			head.append((char) next);
		}
		return head.toString();
	}

	String read(int length) throws IOException {
		byte[] bytes = this.input.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException();
		}
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Read an answer with a length.
	 * @return its status line and its body
	 */
	String readAnswer() throws IOException {
		String head = readHead();
		int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
		if (at < 0) {
			throw new IOException("no length in '" + head + "'");
		}
		int length = Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
		return head.substring(9, head.indexOf('\r')) + "|" + read(length);
	}

	/**
	 * Read until the connection ends, by a reset or otherwise.
	 * @return what has come before
	 */
	String readToEnd() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			for (int next = this.input.read(); next != -1; next = this.input.read()) {
				bytes.write(next);
			}
		}
		catch (SocketException ex) {
			// A reset is an end too
		}
		return bytes.toString(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Let the kernel keep little of what is sent either way.
	 * @return this client
	 */
	RawClient keepLittle() throws IOException {
		this.socket.setReceiveBufferSize(64 * 1024);
		this.socket.setSendBufferSize(64 * 1024);
		return this;
	}

	InputStream input() {
		return this.input;
	}

	OutputStream output() throws IOException {
		return this.socket.getOutputStream();
	}

	Socket socket() {
		return this.socket;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
