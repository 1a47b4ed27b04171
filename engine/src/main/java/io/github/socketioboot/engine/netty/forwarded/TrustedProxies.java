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
import java.util.List;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Ranges of addresses whose word about clients is believed. Immutable.
 *
 * @since 0.1.0
 */
public final class TrustedProxies {

	/**
	 * Nobody is believed.
	 */
	public static final TrustedProxies NONE = new TrustedProxies(List.of());

	private final List<Range> ranges;

	private TrustedProxies(List<Range> ranges) {
		this.ranges = ranges;
	}

	/**
	 * Read ranges.
	 * @param ranges addresses, or ranges such as {@code 10.0.0.0/8} or {@code fd00::/8}
	 * @return the ranges
	 * @throws IllegalArgumentException if one is none
	 */
	public static TrustedProxies of(List<String> ranges) {
		return ranges.isEmpty() ? NONE : new TrustedProxies(ranges.stream().map(TrustedProxies::require).toList());
	}

	/**
	 * Return whether a text is a range.
	 * @param text the text
	 * @return {@code true} if {@link #of} takes it
	 */
	public static boolean isRange(String text) {
		return parse(text) != null;
	}

	/**
	 * Return whether nobody is believed.
	 * @return {@code true} if there are no ranges
	 */
	public boolean isEmpty() {
		return this.ranges.isEmpty();
	}

	/**
	 * Return whether an address is believed.
	 * @param address the address
	 * @return {@code true} if it lies in one of the ranges
	 */
	public boolean contains(InetAddress address) {
		if (this.ranges.isEmpty()) {
			return false;
		}
		byte[] bytes = address.getAddress();
		for (Range range : this.ranges) {
			if (range.contains(bytes)) {
				return true;
			}
		}
		return false;
	}

	private static Range require(String text) {
		Range range = parse(text);
		if (range == null) {
			throw new IllegalArgumentException(
					"range: " + text + " (expected: an address, or a range such as 10.0.0.0/8 or fd00::/8)");
		}
		return range;
	}

	private static @Nullable Range parse(String text) {
		int slash = text.indexOf('/');
		InetAddress address = ForwardedAddress.parse((slash < 0) ? text : text.substring(0, slash));
		if (address == null) {
			return null;
		}
		byte[] bytes = address.getAddress();
		int most = bytes.length * Byte.SIZE;
		// As many bits as the text names, which for ::ffff:10.0.0.0/104 are those of an
		// address of version 6
		int written = NetUtil.isValidIpV4Address((slash < 0) ? text : text.substring(0, slash)) ? Integer.SIZE
				: 16 * Byte.SIZE;
		int bits = (slash < 0) ? written : bits(text.substring(slash + 1), written);
		int unused = written - most;
		return (bits >= unused) ? new Range(bytes, bits - unused) : null;
	}

	private static int bits(String text, int most) {
		if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch((digit) -> digit >= '0' && digit <= '9')) {
			return -1;
		}
		int bits = Integer.parseInt(text);
		return (bits <= most) ? bits : -1;
	}

	/**
	 * Addresses that begin alike.
	 */
	private static final class Range {

		private final byte[] start;

		private final int bits;

		Range(byte[] start, int bits) {
			this.start = start;
			this.bits = bits;
		}

		boolean contains(byte[] address) {
			if (address.length != this.start.length) {
				return false;
			}
			int whole = this.bits / Byte.SIZE;
			for (int i = 0; i < whole; i++) {
				if (address[i] != this.start[i]) {
					return false;
				}
			}
			int rest = this.bits % Byte.SIZE;
			return rest == 0 || (address[whole] ^ this.start[whole]) >> (Byte.SIZE - rest) == 0;
		}

	}

}
