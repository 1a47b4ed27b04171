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

package io.github.socketioboot.engine.namespace;

import org.jspecify.annotations.Nullable;

/**
 * Refuses the connection of a client to a namespace. Message and data are for the client.
 *
 * @since 0.1.0
 */
public final class ConnectRefusedException extends Exception {

	private static final long serialVersionUID = 1L;

	private final String reason;

	private final transient @Nullable Object data;

	/**
	 * Create an exception.
	 * @param message message for the client
	 */
	public ConnectRefusedException(String message) {
		this(message, null);
	}

	/**
	 * Create an exception.
	 * @param message message for the client
	 * @param data data for the client, written as JSON, or {@code null} for none
	 */
	public ConnectRefusedException(String message, @Nullable Object data) {
		super(message, null, false, false);
		this.reason = message;
		this.data = data;
	}

	/**
	 * Return the message for the client.
	 * @return the message
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Return the data for the client.
	 * @return the data, or {@code null} for none
	 */
	public @Nullable Object data() {
		return this.data;
	}

}
