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

package io.github.socketioboot.engine.netty;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Query parameters that Engine.IO gives a meaning. Others are skipped without being
 * copied. Where one is given several times, the last counts. Immutable.
 *
 * @param eio protocol version ({@code EIO}), or {@code null} if absent
 * @param transport name of the transport, or {@code null} if absent
 * @param sid session id, or {@code null} if absent or empty
 * @param jsonpIndex digits of the JSONP index ({@code j}), perhaps none, or {@code null}
 * if JSONP is not asked for
 * @param base64 whether binary packets must be written as text ({@code b64}, version 3)
 * @since 0.1.0
 */
public record QueryParameters(@Nullable String eio, @Nullable String transport, @Nullable String sid,
		@Nullable String jsonpIndex, boolean base64) {

	private static final QueryParameters NONE = new QueryParameters(null, null, null, null, false);

	/**
	 * Return whether a request is for the server: its target starts with the path and a
	 * slash, byte for byte and undecoded, as in the reference server.
	 * @param target request target
	 * @param path path of the server without trailing slash
	 * @return {@code true} if it does
	 */
	public static boolean isUnder(String path, String target) {
		return target.length() > path.length() && target.charAt(path.length()) == '/' && target.startsWith(path);
	}

	/**
	 * Read the parameters of a request. Never fails: a malformed percent escape stands
	 * for itself.
	 * @param target request target
	 * @return the parameters
	 */
	public static QueryParameters parse(String target) {
		int start = target.indexOf('?') + 1;
		if (start == 0) {
			return NONE;
		}
		int fragment = target.indexOf('#', start);
		int end = (fragment != -1) ? fragment : target.length();
		String eio = null;
		String transport = null;
		String sid = null;
		String jsonp = null;
		String base64 = null;
		while (start < end) {
			int next = indexOf(target, '&', start, end);
			int equals = indexOf(target, '=', start, next);
			int value = Math.min(equals + 1, next);
			switch (name(target, start, equals)) {
				case "EIO" -> {
					eio = decode(target, value, next);
				}
				case "transport" -> {
					transport = decode(target, value, next);
				}
				case "sid" -> {
					sid = decode(target, value, next);
				}
				case "j" -> {
					jsonp = decode(target, value, next);
				}
				case "b64" -> {
					base64 = decode(target, value, next);
				}
				default -> {
				}
			}
			start = next + 1;
		}
		return new QueryParameters(eio, transport, (sid != null && !sid.isEmpty()) ? sid : null,
				(jsonp != null) ? digits(jsonp) : null, base64 != null && !base64.isEmpty());
	}

	private static int indexOf(String target, char character, int start, int end) {
		for (int i = start; i < end; i++) {
			if (target.charAt(i) == character) {
				return i;
			}
		}
		return end;
	}

	private static String name(String target, int start, int end) {
		int length = end - start;
		// Every escaped form of a known name is at most three times as long
		return (length == 0 || length > 3 * "transport".length()) ? "" : decode(target, start, end);
	}

	private static String decode(String target, int start, int end) {
		for (int i = start; i < end; i++) {
			char character = target.charAt(i);
			if (character == '%' || character == '+') {
				return unescape(target, start, end);
			}
		}
		return target.substring(start, end);
	}

	private static String unescape(String target, int start, int end) {
		byte[] bytes = target.substring(start, end).getBytes(StandardCharsets.UTF_8);
		int length = 0;
		for (int i = 0; i < bytes.length; i++) {
			byte current = bytes[i];
			if (current == '+') {
				current = ' ';
			}
			else if (current == '%' && i + 2 < bytes.length) {
				int high = Character.digit(bytes[i + 1], 16);
				int low = Character.digit(bytes[i + 2], 16);
				if (high >= 0 && low >= 0) {
					current = (byte) ((high << 4) | low);
					i += 2;
				}
			}
			bytes[length++] = current;
		}
		return new String(bytes, 0, length, StandardCharsets.UTF_8);
	}

	private static String digits(String value) {
		StringBuilder digits = new StringBuilder(value.length());
		for (int i = 0; i < value.length(); i++) {
			char character = value.charAt(i);
			if (character >= '0' && character <= '9') {
				digits.append(character);
			}
		}
		return digits.toString();
	}

}
