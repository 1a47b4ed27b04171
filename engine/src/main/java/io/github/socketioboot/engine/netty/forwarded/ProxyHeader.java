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

package io.github.socketioboot.engine.netty.forwarded;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The header of the PROXY protocol with which a connection may begin (versions 1 and 2,
 * sections 2.1 and 2.2). Immutable.
 * <p>
 * Read without being consumed, unlike by Netty's decoder: the primary looks at the header
 * of a connection whose bytes it then hands over as they came.
 *
 * @param state what is known of it; of the rest only the length has a meaning unless it
 * is {@link State#COMPLETE}
 * @param length length in bytes
 * @param binary whether it is one of version 2
 * @param source address of the client, or {@code null} if the header says nothing of it,
 * as where a proxy looks after its own sake
 * @param destination address that the client has connected to, or {@code null} likewise
 * @param secure whether the header says that the client uses TLS
 * @since 0.1.0
 */
public record ProxyHeader(State state, int length, boolean binary, @Nullable InetSocketAddress source,
		@Nullable InetSocketAddress destination, boolean secure) {

	/**
	 * Most bytes of version 2 behind its first 16, addresses included.
	 */
	static final int MAX_VARIABLE = 1024 + 36;

	private static final ProxyHeader INCOMPLETE = new ProxyHeader(State.INCOMPLETE, 0, false, null, null, false);

	private static final ProxyHeader ABSENT = new ProxyHeader(State.ABSENT, 0, false, null, null, false);

	private static final ProxyHeader MALFORMED = new ProxyHeader(State.MALFORMED, 0, false, null, null, false);

	private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

	private static final byte[] WORD = "PROXY ".getBytes(StandardCharsets.US_ASCII);

	/**
	 * Longest line of version 1, with its end.
	 */
	private static final int MAX_LINE = 107;

	private static final int FIXED = 16;

	private static final int COMMAND_LOCAL = 0x20;

	private static final int COMMAND_PROXY = 0x21;

	private static final int TCP4 = 0x11;

	private static final int TCP6 = 0x21;

	private static final int TYPE_SSL = 0x20;

	private static final int CLIENT_SSL = 0x01;

	/**
	 * Flags, and whether the certificate was verified: anything but 0 if not.
	 */
	private static final byte[] SSL_FIELD = { TYPE_SSL, 0, 5, CLIENT_SSL, 0, 0, 0, 1 };

	/**
	 * Take the header from the beginning of a connection. What follows it is read by the
	 * handlers that the taker adds.
	 * @param channel the connection, of which nothing has been read
	 * @param timeout how long the header may take; then the connection is closed
	 * @param taker told of the header, or that there is none, on the event loop; adds the
	 * handlers that take over, or closes the connection
	 */
	public static void await(Channel channel, Duration timeout, Consumer<ProxyHeader> taker) {
		channel.pipeline().addLast(new ProxyHeaderHandler(channel, timeout, taker));
	}

	/**
	 * Look for a header.
	 * @param bytes what was read of a connection; stays as it is
	 * @return what is known
	 */
	public static ProxyHeader read(ByteBuf bytes) {
		int matching = matching(bytes, SIGNATURE);
		if (matching == SIGNATURE.length) {
			return readBinary(bytes);
		}
		int matchingWord = matching(bytes, WORD);
		if (matchingWord == WORD.length) {
			return readLine(bytes);
		}
		int readable = bytes.readableBytes();
		return (matching == readable || matchingWord == readable) ? INCOMPLETE : ABSENT;
	}

	private static int matching(ByteBuf bytes, byte[] expected) {
		int most = Math.min(bytes.readableBytes(), expected.length);
		int base = bytes.readerIndex();
		for (int i = 0; i < most; i++) {
			if (bytes.getByte(base + i) != expected[i]) {
				return i;
			}
		}
		return most;
	}

	private static ProxyHeader readLine(ByteBuf bytes) {
		int base = bytes.readerIndex();
		int end = bytes.indexOf(base, base + Math.min(bytes.readableBytes(), MAX_LINE), (byte) '\n');
		if (end == -1) {
			return (bytes.readableBytes() < MAX_LINE) ? INCOMPLETE : MALFORMED;
		}
		if (bytes.getByte(end - 1) != '\r') {
			return MALFORMED;
		}
		int length = end + 1 - base;
		String[] words = bytes.toString(base, length - 2, StandardCharsets.US_ASCII).split(" ", -1);
		if (words[1].equals("UNKNOWN")) {
			return new ProxyHeader(State.COMPLETE, length, false, null, null, false);
		}
		if (words.length != 6) {
			return MALFORMED;
		}
		InetSocketAddress source = address(words[1], words[2], words[4]);
		InetSocketAddress destination = address(words[1], words[3], words[5]);
		return (source != null && destination != null)
				? new ProxyHeader(State.COMPLETE, length, false, source, destination, false) : MALFORMED;
	}

	private static @Nullable InetSocketAddress address(String family, String address, String port) {
		boolean valid = switch (family) {
			case "TCP4" -> NetUtil.isValidIpV4Address(address);
			case "TCP6" -> NetUtil.isValidIpV6Address(address);
			default -> false;
		};
		InetAddress parsed = valid ? ForwardedAddress.parse(address) : null;
		int number = ForwardedAddress.port(port);
		return (parsed != null && number != -1) ? new InetSocketAddress(parsed, number) : null;
	}

	private static ProxyHeader readBinary(ByteBuf bytes) {
		if (bytes.readableBytes() < FIXED) {
			return INCOMPLETE;
		}
		int base = bytes.readerIndex();
		int command = bytes.getUnsignedByte(base + 12);
		int family = bytes.getUnsignedByte(base + 13);
		int variable = bytes.getUnsignedShort(base + 14);
		if ((command != COMMAND_LOCAL && command != COMMAND_PROXY) || variable > MAX_VARIABLE) {
			return MALFORMED;
		}
		if (bytes.readableBytes() < FIXED + variable) {
			return INCOMPLETE;
		}
		int length = FIXED + variable;
		if (command == COMMAND_LOCAL || (family != TCP4 && family != TCP6)) {
			return new ProxyHeader(State.COMPLETE, length, true, null, null, false);
		}
		int size = (family == TCP4) ? 4 : 16;
		int ports = base + FIXED + 2 * size;
		if (variable < 2 * size + 4) {
			return MALFORMED;
		}
		return new ProxyHeader(State.COMPLETE, length, true,
				address(bytes, base + FIXED, size, bytes.getUnsignedShort(ports)),
				address(bytes, base + FIXED + size, size, bytes.getUnsignedShort(ports + 2)),
				isSecure(bytes, ports + 4, base + length));
	}

	private static InetSocketAddress address(ByteBuf bytes, int index, int size, int port) {
		byte[] address = new byte[size];
		bytes.getBytes(index, address);
		try {
			return new InetSocketAddress(InetAddress.getByAddress(address), port);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("Addresses have 4 or 16 bytes", ex);
		}
	}

	// What lies beyond the end of a field that is too long is not looked at
	private static boolean isSecure(ByteBuf bytes, int start, int end) {
		int index = start;
		while (index + 3 < end) {
			if (bytes.getUnsignedByte(index) == TYPE_SSL) {
				return (bytes.getByte(index + 3) & CLIENT_SSL) != 0;
			}
			index += 3 + bytes.getUnsignedShort(index + 1);
		}
		return false;
	}

	/**
	 * Write a header of version 2.
	 * @param source address of the client
	 * @param destination address that the client has connected to
	 * @param secure whether the client uses TLS
	 * @param to written to
	 */
	public static void write(InetSocketAddress source, InetSocketAddress destination, boolean secure, ByteBuf to) {
		boolean short4 = source.getAddress() instanceof Inet4Address
				&& destination.getAddress() instanceof Inet4Address;
		to.writeBytes(SIGNATURE).writeByte(COMMAND_PROXY).writeByte(short4 ? TCP4 : TCP6);
		to.writeShort((short4 ? 12 : 36) + (secure ? SSL_FIELD.length : 0));
		write(source.getAddress(), short4, to);
		write(destination.getAddress(), short4, to);
		to.writeShort(source.getPort()).writeShort(destination.getPort());
		if (secure) {
			to.writeBytes(SSL_FIELD);
		}
	}

	private static void write(InetAddress address, boolean short4, ByteBuf to) {
		if (!short4 && address instanceof Inet4Address) {
			to.writeZero(10).writeShort(0xFFFF);
		}
		to.writeBytes(address.getAddress());
	}

	/**
	 * What is known of a header.
	 */
	public enum State {

		/**
		 * There may be one, but it is not all there.
		 */
		INCOMPLETE,

		/**
		 * The connection begins with something else.
		 */
		ABSENT,

		/**
		 * The connection begins like one, but it is none.
		 */
		MALFORMED,

		/**
		 * It is all there.
		 */
		COMPLETE

	}

}
