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

package io.github.socketioboot.benchmarks.peer;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * The packets that the floor knows.
 */
final class FloorPackets {

	static final char SEPARATOR = '\u001e';

	static final String PING = "2";

	private static final byte[] ECHO = "42[\"echo\",".getBytes(StandardCharsets.US_ASCII);

	private static final int ID_BYTES = 15;

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder();

	private FloorPackets() {
	}

	static String newId() {
		byte[] bytes = new byte[ID_BYTES];
		RANDOM.nextBytes(bytes);
		return ENCODER.encodeToString(bytes);
	}

	static String open(String sid, PeerSettings settings) {
		return "0{\"sid\":\"" + sid + "\",\"upgrades\":[],\"pingInterval\":" + settings.pingIntervalMillis()
				+ ",\"pingTimeout\":" + settings.pingTimeoutMillis() + ",\"maxPayload\":" + FloorPeer.MAX_PAYLOAD + "}";
	}

	static String connected() {
		return "40{\"sid\":\"" + newId() + "\"}";
	}

	/**
	 * Tells the packets of one message apart.
	 * @param packet the message, valid UTF-8 without a separator
	 * @return its kind
	 */
	static Kind kindOf(ByteBuf packet) {
		int start = packet.readerIndex();
		int length = packet.readableBytes();
		if (length == 1 && packet.getByte(start) == '3') {
			return Kind.PONG;
		}
		if (length == 1 && packet.getByte(start) == '1') {
			return Kind.CLOSE;
		}
		if (length < 2 || packet.getByte(start) != '4') {
			return Kind.ILLEGAL;
		}
		return switch (packet.getByte(start + 1)) {
			case '0' -> Kind.CONNECT;
			case '1' -> Kind.DISCONNECT;
			case '2' -> isEcho(packet) ? Kind.ECHO : Kind.ILLEGAL;
			default -> Kind.ILLEGAL;
		};
	}

	private static boolean isEcho(ByteBuf packet) {
		int length = packet.readableBytes();
		return length > ECHO.length && packet.getByte(packet.readerIndex() + length - 1) == ']'
				&& startsWithEcho(packet);
	}

	private static boolean startsWithEcho(ByteBuf packet) {
		int start = packet.readerIndex();
		for (int i = 0; i < ECHO.length; i++) {
			if (packet.getByte(start + i) != ECHO[i]) {
				return false;
			}
		}
		return true;
	}

	static boolean isText(ByteBuf content) {
		return ByteBufUtil.isText(content, StandardCharsets.UTF_8);
	}

	/**
	 * Kind of a packet that a client sends.
	 */
	enum Kind {

		CONNECT, DISCONNECT, ECHO, PONG, CLOSE, ILLEGAL

	}

}
