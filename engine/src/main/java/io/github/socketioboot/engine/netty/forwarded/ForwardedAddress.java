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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as proxies write them (RFC 7239, section 6). Names are never looked up.
 */
final class ForwardedAddress {

	/**
	 * Longest address with brackets and port, and some more.
	 */
	private static final int MAX_LENGTH = 64;

	private static final int LAST_PORT = 65_535;

	private ForwardedAddress() {
	}

	/**
	 * Read an address.
	 * @param text a numeric address
	 * @return the address, of version 4 also if it is written as one of version 6, or
	 * {@code null} if it is none
	 */
	static @Nullable InetAddress parse(String text) {
		if (text.length() > MAX_LENGTH || text.indexOf('%') != -1) {
			return null;
		}
		byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
		try {
			return (bytes != null) ? InetAddress.getByAddress(bytes) : null;
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	/**
	 * Read an address that may have a port.
	 * @param text what a proxy has written, or {@code null}
	 * @return the address, with port 0 if none is told, or {@code null} if it is none
	 */
	static @Nullable InetSocketAddress parseWithPort(@Nullable String text) {
		if (text == null || text.isEmpty() || text.length() > MAX_LENGTH) {
			return null;
		}
		String address = text;
		int port = -1;
		if (text.charAt(0) == '[') {
			int end = text.indexOf(']');
			if (end == -1) {
				return null;
			}
			address = text.substring(1, end);
			port = (end + 1 < text.length() && text.charAt(end + 1) == ':') ? end + 1 : -1;
		}
		else if (text.indexOf(':') != -1 && text.indexOf(':') == text.lastIndexOf(':')) {
			port = text.indexOf(':');
			address = text.substring(0, port);
		}
		InetAddress parsed = parse(address);
		return (parsed != null)
				? new InetSocketAddress(parsed, (port != -1) ? Math.max(port(text.substring(port + 1)), 0) : 0) : null;
	}

	/**
	 * Read a port.
	 * @param text digits
	 * @return the port, or -1 if it is none
	 */
	static int port(String text) {
		if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch((digit) -> digit >= '0' && digit <= '9')) {
			return -1;
		}
		int port = Integer.parseInt(text);
		return (port <= LAST_PORT) ? port : -1;
	}

}
