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

package io.github.socketioboot.engine.transport.polling;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Wraps payloads for clients that poll by script elements (JSONP). Thread-safe.
 */
final class JsonpForm {

	private static final int MAX_PARAMETERS = 16;

	private JsonpForm() {
	}

	/**
	 * Wrap a text payload into a call of the client's callback.
	 * @param index index of the callback, digits
	 * @param payload the payload; ownership passes
	 * @return the script
	 */
	static ByteBuf encode(String index, ByteBuf payload) {
		String text = payload.toString(StandardCharsets.UTF_8);
		payload.release();
		StringBuilder script = new StringBuilder(text.length() + 32);
		script.append("___eio[").append(index).append("](\"");
		for (int i = 0; i < text.length(); i++) {
			appendEscaped(script, text.charAt(i));
		}
		script.append("\");");
		return ByteBufUtil.writeUtf8(Unpooled.buffer(script.length()).alloc(), script);
	}

	private static void appendEscaped(StringBuilder script, char c) {
		switch (c) {
			case '"' -> script.append("\\\"");
			case '\\' -> script.append("\\\\");
			case '\n' -> script.append("\\n");
			case '\r' -> script.append("\\r");
			case '\t' -> script.append("\\t");
			case '\b' -> script.append("\\b");
			case '\f' -> script.append("\\f");
			default -> {
				if (c < 0x20 || c == '\u2028' || c == '\u2029') {
					script.append(String.format("\\u%04x", (int) c));
				}
				else {
					script.append(c);
				}
			}
		}
	}

	/**
	 * Unwrap a form with the field {@code d}.
	 * @param form the body of the POST; ownership passes
	 * @return the payload, or {@code null} if the field is missing
	 */
	static @Nullable ByteBuf decode(ByteBuf form) {
		String text = form.toString(StandardCharsets.UTF_8);
		form.release();
		List<String> values;
		try {
			values = new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MAX_PARAMETERS).parameters().get("d");
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		if (values == null) {
			return null;
		}
		return Unpooled.copiedBuffer(unescape(values.get(0)), StandardCharsets.UTF_8);
	}

	// The client writes a line feed as backslash-n and a literal backslash-n with one
	// more backslash.
	private static String unescape(String value) {
		StringBuilder text = new StringBuilder(value.length());
		int i = 0;
		while (i < value.length()) {
			if (value.startsWith("\\\\n", i)) {
				text.append("\\n");
				i += 3;
			}
			else if (value.startsWith("\\n", i)) {
				text.append('\n');
				i += 2;
			}
			else {
				text.append(value.charAt(i++));
			}
		}
		return text.toString();
	}

}
