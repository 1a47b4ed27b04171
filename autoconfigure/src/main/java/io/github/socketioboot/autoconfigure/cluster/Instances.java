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

package io.github.socketioboot.autoconfigure.cluster;

import io.github.socketioboot.autoconfigure.InvalidPropertyException;

/**
 * How many processes are asked for. Immutable.
 *
 * @param count how many, at least 1
 * @param several whether the text asks for workers, be it one, and not for a single
 * process
 */
record Instances(int count, boolean several) {

	static final String PROPERTY = "socketio.cluster.instances";

	/**
	 * More than any host runs.
	 */
	static final int MOST = 1024;

	/**
	 * Read the text of the property.
	 * @param text a number, {@code max}, 0 or a negative number
	 * @param processors number of processors
	 * @return the number
	 * @throws InvalidPropertyException if the text is none of these
	 */
	static Instances parse(String text, int processors) {
		String trimmed = text.trim();
		if (trimmed.equalsIgnoreCase("max")) {
			return new Instances(processors, true);
		}
		int number;
		try {
			number = Integer.parseInt(trimmed);
		}
		catch (NumberFormatException ex) {
			throw invalid(text, "is no number of processes");
		}
		if (number > MOST || number < -MOST) {
			throw invalid(text, "is out of range");
		}
		int count = (number > 0) ? number : Math.max(1, processors + number);
		return new Instances(count, number != 1);
	}

	/**
	 * Refuse to start processes where that cannot be done.
	 * @param text the text of the property
	 * @param nativeImage whether this process is a native image
	 * @throws InvalidPropertyException if so
	 */
	static void requireJvm(String text, boolean nativeImage) {
		if (nativeImage) {
			throw new InvalidPropertyException(PROPERTY, text,
					"cannot be done by a native image, which has no command line of a JVM to start its workers with",
					"Set '%s' to 1, and run several processes with 'socketio.cluster.adapter' set to redis, or run the "
						.formatted(PROPERTY) + "application on a JVM.");
		}
	}

	private static InvalidPropertyException invalid(String text, String reason) {
		return new InvalidPropertyException(PROPERTY, text, reason,
				"Set '%s' to a number from 1 to %d, to max or 0 for one process per processor, or to -k for k fewer."
					.formatted(PROPERTY, MOST));
	}

}
