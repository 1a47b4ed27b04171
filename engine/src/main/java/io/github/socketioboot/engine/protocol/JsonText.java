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

package io.github.socketioboot.engine.protocol;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * JSON text of scalars, the same that {@code JSON.stringify} gives. Thread-safe.
 */
final class JsonText {

	/**
	 * Magnitudes from which JavaScript writes numbers with an exponent.
	 */
	private static final double SMALL = 1e-6;

	private static final double LARGE = 1e21;

	private static final long MAX_EXACT = 1L << 53;

	private static final char[] HEX = "0123456789abcdef".toCharArray();

	private JsonText() {
	}

	/**
	 * Write a string with its quotes.
	 * @param out buffer to write to
	 * @param value the string
	 */
	static void writeString(ByteBuf out, String value) {
		out.writeByte('"');
		int plain = plainLength(value);
		if (plain == value.length()) {
			ByteBufUtil.writeAscii(out, value);
		}
		else {
			writeUnicode(out, value);
		}
		out.writeByte('"');
	}

	/**
	 * Return whether a string has halves of surrogate pairs, which UTF-8 cannot express
	 * and JSON text can.
	 * @param value the string
	 * @return {@code true} if it has
	 */
	static boolean hasLoneSurrogate(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (Character.isSurrogate(value.charAt(i))) {
				if (isLone(value, i)) {
					return true;
				}
				i++;
			}
		}
		return false;
	}

	/**
	 * Return a string with its quotes, lone surrogates escaped.
	 * @param value the string
	 * @return the JSON text
	 */
	static String quote(String value) {
		StringBuilder text = new StringBuilder(value.length() + 16);
		text.append('"');
		for (int i = 0; i < value.length(); i++) {
			char current = value.charAt(i);
			if (needsEscape(value, i)) {
				text.append(escape(current));
			}
			else {
				text.append(current);
				if (Character.isHighSurrogate(current)) {
					text.append(value.charAt(++i));
				}
			}
		}
		return text.append('"').toString();
	}

	/**
	 * Write a number.
	 * @param out buffer to write to
	 * @param value the number
	 */
	static void writeLong(ByteBuf out, long value) {
		if (value >= 0 && value < 10) {
			out.writeByte((int) ('0' + value));
		}
		else {
			writeAscii(out, Long.toString(value));
		}
	}

	/**
	 * Return the text of a number, {@code null} for what JSON has no number for.
	 * @param value the number
	 * @return the JSON text
	 */
	static String ofDouble(double value) {
		if (Double.isNaN(value) || Double.isInfinite(value)) {
			return "null";
		}
		if (value == (long) value && Math.abs(value) <= MAX_EXACT) {
			return Long.toString((long) value);
		}
		return ofDecimal(new BigDecimal(Double.toString(value)).stripTrailingZeros(), Math.abs(value));
	}

	/**
	 * Return the text of a number, {@code null} for what JSON has no number for.
	 * @param value the number
	 * @return the JSON text
	 */
	static String ofFloat(float value) {
		if (Float.isNaN(value) || Float.isInfinite(value)) {
			return "null";
		}
		return ofDouble(Double.parseDouble(Float.toString(value)));
	}

	static void writeAscii(ByteBuf out, String text) {
		ByteBufUtil.writeAscii(out, text);
	}

	private static String ofDecimal(BigDecimal value, double magnitude) {
		if (magnitude >= SMALL && magnitude < LARGE) {
			return value.toPlainString();
		}
		String digits = value.unscaledValue().abs().toString();
		int exponent = digits.length() - 1 - value.scale();
		return ((value.signum() < 0) ? "-" : "") + digits.charAt(0)
				+ ((digits.length() > 1) ? "." + digits.substring(1) : "") + ((exponent < 0) ? "e" : "e+") + exponent;
	}

	private static int plainLength(String value) {
		int length = value.length();
		for (int i = 0; i < length; i++) {
			char current = value.charAt(i);
			if (current < ' ' || current > '~' || current == '"' || current == '\\') {
				return i;
			}
		}
		return length;
	}

	private static void writeUnicode(ByteBuf out, String value) {
		int run = 0;
		int length = value.length();
		for (int i = 0; i < length; i++) {
			if (needsEscape(value, i)) {
				writeRun(out, value, run, i);
				ByteBufUtil.writeAscii(out, escape(value.charAt(i)));
				run = i + 1;
			}
			else if (Character.isHighSurrogate(value.charAt(i))) {
				i++;
			}
		}
		writeRun(out, value, run, length);
	}

	private static void writeRun(ByteBuf out, String value, int start, int end) {
		if (start < end) {
			out.writeBytes(value.substring(start, end).getBytes(StandardCharsets.UTF_8));
		}
	}

	private static boolean needsEscape(String value, int index) {
		char current = value.charAt(index);
		return current < ' ' || current == '"' || current == '\\'
				|| (Character.isSurrogate(current) && isLone(value, index));
	}

	private static boolean isLone(String value, int index) {
		return !Character.isHighSurrogate(value.charAt(index)) || index + 1 == value.length()
				|| !Character.isLowSurrogate(value.charAt(index + 1));
	}

	private static String escape(char character) {
		return switch (character) {
			case '"' -> "\\\"";
			case '\\' -> "\\\\";
			case '\b' -> "\\b";
			case '\f' -> "\\f";
			case '\n' -> "\\n";
			case '\r' -> "\\r";
			case '\t' -> "\\t";
			default -> new String(new char[] { '\\', 'u', HEX[character >> 12], HEX[(character >> 8) & 15],
					HEX[(character >> 4) & 15], HEX[character & 15] });
		};
	}

}
