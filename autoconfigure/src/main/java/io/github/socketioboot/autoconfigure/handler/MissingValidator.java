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

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Refuses methods that ask for validation, because there is no validator. Knows
 * annotations by name: their classes may not be there.
 */
final class MissingValidator implements HandlerValidation {

	@Override
	public @Nullable PayloadConstraints constraints(Method method, Class<?> beanClass, HandlerKind kind,
			HandlerSignature signature) {
		for (MethodParameter parameter : new AnnotatedMethod(method).getMethodParameters()) {
			Annotation annotation = first(parameter.getParameterAnnotations());
			if (annotation == null) {
				annotation = first(method.getAnnotatedParameterTypes()[parameter.getParameterIndex()]);
			}
			if (annotation != null) {
				throw new InvalidHandlerMethodException(method, kind,
						"declares @" + annotation.annotationType().getSimpleName() + ", but there is no validator",
						"Add spring-boot-starter-validation, or define a bean of type jakarta.validation.Validator.",
						null);
			}
		}
		return null;
	}

	private static @Nullable Annotation first(AnnotatedType type) {
		Annotation annotation = first(type.getAnnotations());
		if (annotation == null && type instanceof AnnotatedParameterizedType parameterized) {
			for (AnnotatedType argument : parameterized.getAnnotatedActualTypeArguments()) {
				annotation = (annotation != null) ? annotation : first(argument);
			}
		}
		return annotation;
	}

	private static @Nullable Annotation first(Annotation[] annotations) {
		return Arrays.stream(annotations)
			.filter((annotation) -> ValidationAnnotationUtils.determineValidationHints(annotation) != null
					|| isConstraint(annotation))
			.findFirst()
			.orElse(null);
	}

	private static boolean isConstraint(Annotation annotation) {
		return Arrays.stream(annotation.annotationType().getAnnotations())
			.anyMatch((meta) -> meta.annotationType().getName().equals("jakarta.validation.Constraint"));
	}

}
