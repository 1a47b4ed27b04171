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
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ExceptionDepthComparator;

/**
 * Methods of one bean that handle exceptions, by the type of these. Filled before the
 * server starts, thread-safe from then on.
 */
final class ExceptionMethods {

	private final Map<Class<? extends Throwable>, HandlerMethod> methods = new LinkedHashMap<>();

	private final Map<Class<? extends Throwable>, Method> declared = new LinkedHashMap<>();

	/**
	 * Add a method.
	 * @param method the method as its class declares it
	 * @param annotation its annotation
	 * @param handler calls it
	 * @throws InvalidHandlerMethodException if its types are not clear
	 */
	void add(Method method, SocketIoExceptionHandler annotation, HandlerMethod handler) {
		Class<?> argument = null;
		for (Class<?> type : method.getParameterTypes()) {
			argument = Throwable.class.isAssignableFrom(type) ? type : argument;
		}
		if (annotation.value().length > 0) {
			for (Class<? extends Exception> type : annotation.value()) {
				if (argument != null && !argument.isAssignableFrom(type)) {
					throw invalid(method,
							"handles " + type.getSimpleName() + ", which its argument of type "
									+ argument.getSimpleName() + " cannot be",
							"Declare a common supertype as the argument.");
				}
				add(method, type, handler);
			}
		}
		else if (argument != null) {
			add(method, argument.asSubclass(Throwable.class), handler);
		}
		else {
			throw invalid(method, "does not say which exceptions it handles",
					"Declare the exception as an argument, or give its type to the annotation.");
		}
	}

	private void add(Method method, Class<? extends Throwable> type, HandlerMethod handler) {
		Method other = this.declared.putIfAbsent(type, method);
		if (other != null) {
			throw invalid(method, "handles " + type.getSimpleName() + ", and so does '" + other.getName() + "'",
					"Leave one method of the bean for each type of exception.");
		}
		this.methods.put(type, handler);
	}

	private static InvalidHandlerMethodException invalid(Method method, String reason, String remedy) {
		return new InvalidHandlerMethodException(method, HandlerKind.EXCEPTION, reason, remedy, null);
	}

	/**
	 * Find the method for an exception or, if there is none, for one of its causes.
	 * @param exception the exception
	 * @return the method with what it handles, or {@code null} if there is none
	 */
	@Nullable Match find(Throwable exception) {
		Throwable cause = exception;
		for (int depth = 0; cause != null && depth < 16; depth++) {
			Class<? extends Throwable> type = closest(cause);
			HandlerMethod handler = (type != null) ? this.methods.get(type) : null;
			if (handler != null) {
				return new Match(handler, cause);
			}
			cause = cause.getCause();
		}
		return null;
	}

	private @Nullable Class<? extends Throwable> closest(Throwable exception) {
		return this.methods.keySet()
			.stream()
			.filter((type) -> type.isInstance(exception))
			.min(new ExceptionDepthComparator(exception))
			.orElse(null);
	}

	/**
	 * A method for an exception.
	 *
	 * @param handler the method
	 * @param exception the exception, or the cause of it that the method handles
	 */
	record Match(HandlerMethod handler, Throwable exception) {

	}

}
