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
 * Finds the constraints on payloads of handler methods.
 */
@FunctionalInterface
interface HandlerValidation {

	/**
	 * Return the constraints of a method.
	 * @param method the method as its class declares it
	 * @param beanClass class of the bean
	 * @param kind what it is called for
	 * @param signature its arguments
	 * @return the constraints, or {@code null} if there is nothing to check
	 * @throws InvalidHandlerMethodException if its constraints cannot be checked
	 */
	@Nullable PayloadConstraints constraints(Method method, Class<?> beanClass, HandlerKind kind, HandlerSignature signature);

}
