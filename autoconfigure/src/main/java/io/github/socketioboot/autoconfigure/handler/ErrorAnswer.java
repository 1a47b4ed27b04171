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

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An error as the answer to a client. With one argument of this type clients are told
 * that a payload is invalid: <pre>{@code
 * {"error": {"message": "Invalid payload",
 *     "errors": [{"argument": 0, "field": "text", "message": "must not be blank"}]}}
 * }</pre> Handlers of exceptions may return it too. Immutable.
 *
 * @param error the error
 * @since 0.1.0
 */
public record ErrorAnswer(Details error) {

	/**
	 * Create an answer.
	 * @param message text for the client
	 * @return the answer
	 */
	public static ErrorAnswer of(String message) {
		return of(message, List.of());
	}

	/**
	 * Create an answer.
	 * @param message text for the client
	 * @param errors what is wrong with payloads
	 * @return the answer
	 */
	public static ErrorAnswer of(String message, List<PayloadError> errors) {
		return new ErrorAnswer(new Details(message, errors));
	}

	/**
	 * An error.
	 *
	 * @param message text for the client
	 * @param errors what is wrong with payloads; left out in JSON if empty
	 */
	public record Details(String message, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PayloadError> errors) {

		/**
		 * Create an error.
		 * @param message text for the client
		 * @param errors what is wrong with payloads
		 */
		public Details {
			errors = List.copyOf(errors);
		}

	}

}
