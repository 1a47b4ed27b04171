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

package io.github.socketioboot.autoconfigure;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * Checks of single values. A failing one names the property.
 *
 * @since 0.1.0
 */
public final class PropertyChecks {

	/**
	 * Timers of the engine count in milliseconds and end after about 24 days.
	 */
	private static final Duration LONGEST_TIMER = Duration.ofDays(24);

	/**
	 * Ages in headers are seconds, and browsers cap them below that anyway.
	 */
	private static final Duration LONGEST_AGE = Duration.ofDays(24_000);

	private PropertyChecks() {
	}

	/**
	 * Check a lower bound.
	 * @param property name of the property
	 * @param value its value
	 * @param least the least that is allowed
	 * @return the value
	 * @throws InvalidPropertyException if it is out of range
	 */
	public static int atLeast(String property, int value, int least) {
		return between(property, value, least, Integer.MAX_VALUE);
	}

	/**
	 * Check bounds.
	 * @param property name of the property
	 * @param value its value
	 * @param least the least that is allowed
	 * @param most the most that is allowed
	 * @return the value
	 * @throws InvalidPropertyException if it is out of range
	 */
	public static int between(String property, int value, int least, int most) {
		if (value < least || value > most) {
			String range = (most != Integer.MAX_VALUE) ? "from %d to %d".formatted(least, most)
					: "of at least %d".formatted(least);
			throw new InvalidPropertyException(property, value, "is out of range",
					"Set '%s' to a number %s.".formatted(property, range));
		}
		return value;
	}

	/**
	 * Check that a duration is at least 1 ms.
	 * @param property name of the property
	 * @param value its value
	 * @return the value
	 * @throws InvalidPropertyException if it is out of range
	 */
	public static Duration positive(String property, Duration value) {
		return between(property, value, Duration.ofMillis(1), LONGEST_TIMER);
	}

	/**
	 * Check that a duration is not negative.
	 * @param property name of the property
	 * @param value its value
	 * @return the value
	 * @throws InvalidPropertyException if it is out of range
	 */
	public static Duration notNegative(String property, Duration value) {
		return between(property, value, Duration.ZERO, LONGEST_TIMER);
	}

	/**
	 * Check that a text is not empty.
	 * @param property name of the property
	 * @param value its value
	 * @param example a value that is allowed
	 * @return the value
	 * @throws InvalidPropertyException if there is nothing but white space in it
	 */
	public static String notBlank(String property, String value, String example) {
		if (value.isBlank()) {
			throw new InvalidPropertyException(property, value, "is empty",
					"Set '%s' to a text, such as %s.".formatted(property, example));
		}
		return value;
	}

	static Duration age(String property, Duration value) {
		return between(property, value, Duration.ZERO, LONGEST_AGE);
	}

	private static Duration between(String property, Duration value, Duration least, Duration most) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			throw new InvalidPropertyException(property, describe(value), "is out of range",
					"Set '%s' to a duration from %s to %dd, with its unit, such as 20s.".formatted(property,
							describe(least), most.toDays()));
		}
		return value;
	}

	/**
	 * Check that a size is at least 1 byte.
	 * @param property name of the property
	 * @param value its value
	 * @param most the most that is allowed, in bytes
	 * @return the value, in bytes
	 * @throws InvalidPropertyException if it is out of range
	 */
	public static long size(String property, DataSize value, long most) {
		if (value.toBytes() < 1 || value.toBytes() > most) {
			throw new InvalidPropertyException(property, value, "is out of range",
					"Set '%s' to a size from 1B to %dB, with its unit, such as 1MB.".formatted(property, most));
		}
		return value.toBytes();
	}

	static String describe(Duration value) {
		long millis = value.toMillis();
		return (millis % 1000 == 0) ? (millis / 1000) + "s" : millis + "ms";
	}

}
