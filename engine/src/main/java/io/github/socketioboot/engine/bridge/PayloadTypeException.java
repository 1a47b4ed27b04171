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
 * A payload does not have the type that a listener declares. Reaches
 * {@code ExceptionListener.onEventException}; the session lives on. The message holds
 * nothing that the client sent; the cause may.
 *
 * @since 0.1.0
 */
public final class PayloadTypeException extends InvalidPayloadException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param type type that the listener declares
	 * @param cause why the payload cannot be read as that, or {@code null} if there is no
	 * payload
	 */
	public PayloadTypeException(Class<?> type, @Nullable Throwable cause) {
		super("Payload is no " + type.getTypeName(), cause);
	}

}
