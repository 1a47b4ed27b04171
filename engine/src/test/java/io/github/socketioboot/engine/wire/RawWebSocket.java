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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WebSocket to the server under test, frame by frame.
 */
final class RawWebSocket implements AutoCloseable {

	/**
	 * Key and accepted value of the example in RFC 6455, section 1.3.
	 */
	static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

	private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

	private static final byte[] MASK = { 0x37, (byte) 0xfa, 0x21, 0x3d };

	private final RawHttp connection;

	private final RawHttp.Answer opening;

	private RawWebSocket(RawHttp connection, RawHttp.Answer opening) {
		this.connection = connection;
		this.opening = opening;
	}

	static RawWebSocket open(int port, String target, String... headers) throws IOException {
		RawHttp connection = new RawHttp(port);
		RawHttp.Answer opening = connection.get(target, upgrade(headers));
		assertThat(opening.statusLine()).isEqualTo("HTTP/1.1 101 Switching Protocols");
		assertThat(opening.header("Upgrade")).isEqualToIgnoringCase("websocket");
		assertThat(opening.header("Connection")).isEqualToIgnoringCase("upgrade");
		assertThat(opening.header("Sec-WebSocket-Accept")).isEqualTo(ACCEPT);
		return new RawWebSocket(connection, opening);
	}

	static String[] upgrade(String... headers) {
		List<String> all = new ArrayList<>(List.of("Upgrade: websocket", "Connection: Upgrade",
				"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + KEY));
		all.addAll(List.of(headers));
		return all.toArray(String[]::new);
	}

	RawHttp.Answer opening() {
		return this.opening;
	}

	RawWebSocket text(String text) throws IOException {
		return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
	}

	RawWebSocket binary(int... bytes) throws IOException {
		byte[] payload = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			payload[i] = (byte) bytes[i];
		}
		return frame(0x82, payload);
	}

	/**
	 * Send a masked frame.
	 * @param first its first byte
	 * @param payload its payload
	 */
	RawWebSocket frame(int first, byte[] payload) throws IOException {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
		if (payload.length <= 125) {
			frame.put((byte) (0x80 | payload.length));
		}
		else if (payload.length <= 0xffff) {
			frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
		}
		else {
			frame.put((byte) (0x80 | 127)).putLong(payload.length);
		}
		frame.put(MASK);
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ MASK[i & 3]));
		}
		byte[] bytes = new byte[frame.position()];
		frame.flip().get(bytes);
		this.connection.send(bytes);
		return this;
	}

	/**
	 * Send bytes as they are.
	 * @param hex the bytes
	 */
	RawWebSocket bytes(String hex) throws IOException {
		return raw(HexFormat.of().parseHex(hex));
	}

	RawWebSocket raw(byte[] bytes) throws IOException {
		this.connection.send(bytes);
		return this;
	}

	/**
	 * Read the next frame.
	 * @return the text of a text frame, {@code close 03ea} or {@code binary 0102} of
	 * others
	 */
	String next() throws IOException {
		byte[] head = this.connection.read(2);
		assertThat(head[0] & 0x70).as("reserved bits").isZero();
		assertThat(head[0] & 0x80).as("final frame").isNotZero();
		assertThat(head[1] & 0x80).as("mask").isZero();
		long length = head[1];
		if (length == 126) {
			length = ByteBuffer.wrap(this.connection.read(2)).getShort() & 0xffff;
		}
		else if (length == 127) {
			length = ByteBuffer.wrap(this.connection.read(8)).getLong();
		}
		byte[] payload = this.connection.read(Math.toIntExact(length));
		String hex = HexFormat.of().formatHex(payload);
		return switch (head[0] & 0x0f) {
			case 1 -> new String(payload, StandardCharsets.UTF_8);
			case 2 -> "binary " + hex;
			case 8 -> ("close " + hex).trim();
			case 9 -> "ping " + hex;
			case 10 -> "pong " + hex;
			default -> "frame " + (head[0] & 0x0f) + " " + hex;
		};
	}

	/**
	 * Read bytes as they are.
	 * @param length number of bytes
	 * @return the bytes in hexadecimal digits
	 */
	String hex(int length) throws IOException {
		return HexFormat.of().formatHex(this.connection.read(length));
	}

	/**
	 * Answer the server's Close frame and wait for the end of the connection.
	 * @return whether nothing came before it
	 */
	boolean isEndedAfterClose() throws IOException {
		frame(0x88, new byte[0]);
		return this.connection.isEnded();
	}

	boolean isEnded() throws IOException {
		return this.connection.isEnded();
	}

	boolean isSilent() throws IOException {
		return this.connection.isSilent();
	}

	void abort() throws IOException {
		this.connection.abort();
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
	}

}
