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

package io.github.socketioboot.engine.bridge;

import org.jspecify.annotations.Nullable;

/**
 * A client has sent a payload that a listener cannot take. The client's fault: not logged
 * as a failure of the application; the session lives on. The message holds nothing that
 * the client sent; the cause may.
 *
 * @since 0.1.0
 */
public class InvalidPayloadException extends Exception {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message what is wrong, without anything that the client sent
	 * @param cause the cause, or {@code null}
	 */
	public InvalidPayloadException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
