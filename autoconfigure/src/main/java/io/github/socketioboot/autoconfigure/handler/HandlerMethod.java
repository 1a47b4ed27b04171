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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * An annotated method of a bean, ready to be called. The bean is asked for at the first
 * call, so that lazy beans stay lazy. Thread-safe.
 */
final class HandlerMethod {

	private final Supplier<Object> bean;

	private final Method method;

	private final HandlerSignature signature;

	private final @Nullable PayloadConstraints constraints;

	HandlerMethod(Supplier<Object> bean, Method method, HandlerSignature signature,
			@Nullable PayloadConstraints constraints) {
		this.bean = bean;
		this.method = method;
		this.signature = signature;
		this.constraints = constraints;
		ReflectionUtils.makeAccessible(method);
	}

	HandlerSignature signature() {
		return this.signature;
	}

	/**
	 * Call the method, after its payloads have been checked.
	 * @param call the call
	 * @return what it returned
	 * @throws Exception what it threw, without what proxies put around it
	 */
	@Nullable Object invoke(HandlerCall call) throws Exception {
		@Nullable Object[] arguments = this.signature.arguments(call);
		Object bean = this.bean.get();
		if (this.constraints != null) {
			this.constraints.check(bean, arguments);
		}
		try {
			return this.method.invoke(bean, arguments);
		}
		catch (InvocationTargetException ex) {
			Throwable thrown = ex.getTargetException();
			// A proxy may throw what the method does not declare
			if (thrown instanceof UndeclaredThrowableException undeclared && undeclared.getCause() != null) {
				thrown = undeclared.getCause();
			}
			if (thrown instanceof Exception exception) {
				throw exception;
			}
			if (thrown instanceof Error error) {
				throw error;
			}
			throw ex;
		}
	}

}
