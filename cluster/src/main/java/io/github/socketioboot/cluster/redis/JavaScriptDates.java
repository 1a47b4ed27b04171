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

package io.github.socketioboot.cluster.redis;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Texts of times as JavaScript has them. Thread-safe.
 */
final class JavaScriptDates {

	/**
	 * Farthest time from 1970, in milliseconds.
	 */
	private static final long MAX_MILLIS = 8_640_000_000_000_000L;

	private static final int MAX_SHORT_YEAR = 9999;

	private static final DateTimeFormatter WORDS = DateTimeFormatter
		.ofPattern("EEE MMM dd uuuu HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter SHORT_YEAR = DateTimeFormatter.ofPattern("uuuu", Locale.ROOT);

	private static final DateTimeFormatter REST = DateTimeFormatter.ofPattern("-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

	private JavaScriptDates() {
	}

	/**
	 * Return what a time is in JSON.
	 * @param time the time
	 * @return an ISO text, or {@code null} if it is no time in JavaScript
	 */
	static @Nullable String json(Instant time) {
		if (Math.abs((double) time.getEpochSecond()) * 1000 > MAX_MILLIS) {
			return null;
		}
		OffsetDateTime date = time.atOffset(ZoneOffset.UTC);
		int year = date.getYear();
		if (year >= 0 && year <= MAX_SHORT_YEAR) {
			return SHORT_YEAR.format(date) + REST.format(date);
		}
		return String.format(Locale.ROOT, "%s%06d", (year < 0) ? "-" : "+", Math.abs(year)) + REST.format(date);
	}

	/**
	 * Return what a time is as a text.
	 * @param millis milliseconds since 1970
	 * @return the text, in English and UTC
	 */
	static String words(long millis) {
		return WORDS.format(Instant.ofEpochMilli(millis));
	}

}
