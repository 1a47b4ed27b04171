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

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * A handler method that cannot be called.
 */
class InvalidHandlerMethodException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String remedy;

	/**
	 * Create an exception.
	 * @param method the method
	 * @param kind what it is to be called for
	 * @param reason what is wrong, as the end of a sentence
	 * @param remedy what to do, as a sentence
	 * @param cause the cause
	 */
	InvalidHandlerMethodException(Method method, HandlerKind kind, String reason, String remedy,
			@Nullable Throwable cause) {
		super("The @%s method '%s' %s.".formatted(kind.annotation().getSimpleName(), method.toGenericString(), reason),
				cause);
		this.remedy = remedy;
	}

	String getRemedy() {
		return this.remedy;
	}

}
