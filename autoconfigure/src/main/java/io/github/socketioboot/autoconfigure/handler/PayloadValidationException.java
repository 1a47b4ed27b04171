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

package io.github.socketioboot.autoconfigure.handler;

import java.util.List;

import io.github.socketioboot.engine.bridge.InvalidPayloadException;

/**
 * A client has sent payloads that violate the constraints a handler method declares. The
 * method was not called. The message holds nothing that the client sent.
 *
 * @since 0.1.0
 */
public final class PayloadValidationException extends InvalidPayloadException {

	private static final long serialVersionUID = 1L;

	private final transient List<PayloadError> errors;

	/**
	 * Create an exception.
	 * @param errors what is wrong, at least one error
	 */
	public PayloadValidationException(List<PayloadError> errors) {
		super("Payloads violate %d constraint(s)".formatted(errors.size()), null);
		this.errors = List.copyOf(errors);
	}

	/**
	 * Return what is wrong.
	 * @return errors by position and field
	 */
	public List<PayloadError> errors() {
		return this.errors;
	}

}
