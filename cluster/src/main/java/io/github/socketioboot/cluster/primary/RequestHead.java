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

package io.github.socketioboot.cluster.primary;

import java.nio.charset.StandardCharsets;

import io.github.socketioboot.engine.netty.QueryParameters;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What the routing of a request goes by. Nothing else of the head is read, and a head
 * that is no good is for the worker to refuse. Immutable.
 *
 * @param sid the session id in the query of the request's target, or {@code null}
 * @param opening whether the request may open a session
 * @param target the request's target
 * @param forwarded values of all headers that tell of addresses, joined by commas, or
 * {@code null}
 */
record RequestHead(@Nullable String sid, boolean opening, String target, @Nullable String forwarded) {

	/**
	 * Read a head.
	 * @param bytes what holds it
	 * @param start index of the first byte of the request line
	 * @param end index behind the empty line
	 * @param header name of the headers that tell of addresses, in lower case, or
	 * {@code null} for none
	 * @return the head
	 */
	static RequestHead parse(ByteBuf bytes, int start, int end, @Nullable String header) {
		int line = endOfLine(bytes, start, end);
		String target = target(bytes, start, line);
		QueryParameters query = QueryParameters.parse(target);
		return new RequestHead(query.sid(), isOpening(query), target,
				(header != null) ? values(bytes, line + 1, end, header) : null);
	}

	private static @Nullable String values(ByteBuf bytes, int start, int end, String name) {
		String values = null;
		int line = end;
		for (int i = start; i < end; i = line + 1) {
			line = endOfLine(bytes, i, end);
			if (isNamed(bytes, i, line, name)) {
				int value = i + name.length() + 1;
				String text = bytes.toString(value, line - value, StandardCharsets.ISO_8859_1).trim();
				values = (values != null) ? values + "," + text : text;
			}
		}
		return values;
	}

	/**
	 * Return whether a request may open a session: the client's script, health and
	 * whatever else is asked for do not.
	 * @param query its parameters
	 * @return {@code true} if it names a transport but no session
	 */
	static boolean isOpening(QueryParameters query) {
		return query.sid() == null && query.transport() != null;
	}

	private static String target(ByteBuf bytes, int start, int end) {
		int from = start;
		while (from < end && !isSpace(bytes.getByte(from))) {
			from++;
		}
		while (from < end && isSpace(bytes.getByte(from))) {
			from++;
		}
		int to = from;
		while (to < end && !isSpace(bytes.getByte(to))) {
			to++;
		}
		return bytes.toString(from, to - from, StandardCharsets.ISO_8859_1);
	}

	// What Netty's decoder takes for a separator within the request line
	private static boolean isSpace(byte value) {
		return value == ' ' || (value >= '\t' && value <= '\r');
	}

	private static boolean isNamed(ByteBuf bytes, int start, int end, String name) {
		int length = name.length();
		if (end - start <= length || bytes.getByte(start + length) != ':') {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (Character.toLowerCase((char) bytes.getByte(start + i)) != name.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	private static int endOfLine(ByteBuf bytes, int start, int end) {
		int index = bytes.indexOf(start, end, (byte) '\n');
		return (index != -1) ? index : end;
	}

}
