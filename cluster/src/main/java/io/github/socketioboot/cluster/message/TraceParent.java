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

package io.github.socketioboot.cluster.message;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The trace that a message is part of: the header {@code traceparent} of W3C Trace
 * Context. Immutable.
 *
 * @param value the header; what another member has sent may be no such header, and is
 * empty then
 * @since 0.1.0
 */
public record TraceParent(String value) {

	/**
	 * Name of the header, and of the field of messages.
	 */
	public static final String NAME = "traceparent";

	/**
	 * What is no trace.
	 */
	static final TraceParent INVALID = new TraceParent("");

	private static final int LENGTH = 55;

	private static final Pattern FORM = Pattern
		.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

	/**
	 * Read what another member has sent.
	 * @param value a text, or anything else
	 * @return the trace, which may be {@linkplain #isValid() none}, or {@code null} for
	 * {@code null}
	 */
	public static @Nullable TraceParent read(@Nullable Object value) {
		if (value == null) {
			return null;
		}
		return (value instanceof String text && text.length() == LENGTH && FORM.matcher(text).matches())
				? new TraceParent(text) : INVALID;
	}

	/**
	 * Return whether this is a trace.
	 * @return {@code false} if what has come is malformed
	 */
	public boolean isValid() {
		return !this.value.isEmpty();
	}

}
