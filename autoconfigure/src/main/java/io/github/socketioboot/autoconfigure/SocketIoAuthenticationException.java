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

import org.jspecify.annotations.Nullable;

/**
 * Refuses a client that wants to connect to a namespace. The client learns the message
 * and the data: {@code connect_error} with {@code err.message} and {@code err.data}.
 *
 * @since 0.1.0
 */
public class SocketIoAuthenticationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable Object data;

	/**
	 * Create an exception without data.
	 * @param message what the client is told
	 */
	public SocketIoAuthenticationException(String message) {
		this(message, null);
	}

	/**
	 * Create an exception.
	 * @param message what the client is told
	 * @param data what the client is told besides, written as JSON, or {@code null}
	 */
	public SocketIoAuthenticationException(String message, @Nullable Object data) {
		super(message);
		this.data = data;
	}

	/**
	 * Return what the client is told besides the message.
	 * @return the data, or {@code null} if there is none
	 */
	public @Nullable Object getData() {
		return this.data;
	}

}
