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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintDefinitionException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.metadata.MethodDescriptor;
import jakarta.validation.metadata.ParameterDescriptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodParameter;
import org.springframework.core.NativeDetector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.objenesis.ObjenesisException;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.validation.annotation.Validated;

/**
 * Constraints by Jakarta Validation, as the parameters of methods declare them: with
 * {@code @Valid}, on the parameter itself, on the elements of lists, in the interface of
 * the bean; and with Spring's {@code @Validated} for groups. The validator is asked for
 * when the first handler is found.
 */
final class BeanValidation implements HandlerValidation {

	private static final Logger logger = LoggerFactory.getLogger(BeanValidation.class);

	private static final SpringObjenesis objenesis = new SpringObjenesis();

	private static final HandlerValidation MISSING = new MissingValidator();

	private final ObjectProvider<Validator> validator;

	BeanValidation(ObjectProvider<Validator> validator) {
		this.validator = validator;
	}

	@Override
	public @Nullable PayloadConstraints constraints(Method method, Class<?> beanClass, HandlerKind kind,
			HandlerSignature signature) {
		Validator validator = this.validator.getIfAvailable();
		if (validator == null) {
			return MISSING.constraints(method, beanClass, kind, signature);
		}
		MethodDescriptor descriptor = descriptor(validator, method, beanClass, kind);
		List<ConstrainedPayload> payloads = new ArrayList<>();
		for (MethodParameter parameter : new AnnotatedMethod(method).getMethodParameters()) {
			int index = parameter.getParameterIndex();
			boolean constrained = descriptor != null && isConstrained(descriptor.getParameterDescriptors().get(index));
			Validated validated = parameter.getParameterAnnotation(Validated.class);
			if (constrained || validated != null) {
				int position = signature.payloadPosition(index);
				if (position < 0 || kind != HandlerKind.EVENT) {
					throw new InvalidHandlerMethodException(method, kind,
							"declares constraints on an argument that is no payload of an @OnEvent method",
							"Remove them; check the argument in the method.", null);
				}
				payloads.add(new ConstrainedPayload(index, position, groups(validated, method, beanClass), constrained,
						validated != null && !(descriptor != null
								&& descriptor.getParameterDescriptors().get(index).isCascaded())));
			}
		}
		if (payloads.isEmpty()) {
			return null;
		}
		MethodConstraints constraints = new MethodConstraints(validator, method, List.copyOf(payloads));
		tryOut(constraints, beanClass, kind);
		return constraints;
	}

	// Validators tell mistakes in constraints when they check them for the first time. An
	// object of the class is all that takes; where there can be none, they tell later
	private static void tryOut(MethodConstraints constraints, Class<?> beanClass, HandlerKind kind) {
		Method method = constraints.method();
		if (NativeDetector.inNativeImage()) {
			return;
		}
		try {
			constraints.check(objenesis.newInstance(beanClass, true), new Object[method.getParameterCount()]);
		}
		catch (ConstraintDeclarationException | ConstraintDefinitionException ex) {
			throw unreadable(method, kind, ex);
		}
		catch (PayloadValidationException | ValidationException | ObjenesisException ex) {
			logger.trace("Constraints of {} were tried without payloads", method, ex);
		}
	}

	private static InvalidHandlerMethodException unreadable(Method method, HandlerKind kind, ValidationException ex) {
		return new InvalidHandlerMethodException(method, kind,
				"or another of its class declares constraints that cannot be checked: " + ex.getMessage(),
				"Correct them.", ex);
	}

	private static @Nullable MethodDescriptor descriptor(Validator validator, Method method, Class<?> beanClass,
			HandlerKind kind) {
		try {
			return validator.getConstraintsForClass(beanClass)
				.getConstraintsForMethod(method.getName(), method.getParameterTypes());
		}
		catch (ValidationException ex) {
			throw unreadable(method, kind, ex);
		}
	}

	private static boolean isConstrained(ParameterDescriptor parameter) {
		return parameter.isCascaded() || parameter.hasConstraints()
				|| !parameter.getConstrainedContainerElementTypes().isEmpty();
	}

	private static Class<?>[] groups(@Nullable Validated parameter, Method method, Class<?> beanClass) {
		Validated validated = parameter;
		if (validated == null) {
			validated = AnnotatedElementUtils.findMergedAnnotation(method, Validated.class);
		}
		if (validated == null) {
			validated = AnnotatedElementUtils.findMergedAnnotation(beanClass, Validated.class);
		}
		return (validated != null) ? validated.value() : new Class<?>[0];
	}

	/**
	 * A payload with constraints.
	 *
	 * @param index index among the parameters
	 * @param position position among the payloads
	 * @param groups groups of constraints, empty for the default
	 * @param constrained whether the parameter itself declares constraints
	 * @param alone whether the value is to be validated by itself
	 */
	@SuppressWarnings("ArrayRecordComponent") // Never written to
	private record ConstrainedPayload(int index, int position, Class<?>[] groups, boolean constrained, boolean alone) {

	}

	/**
	 * Constraints of a method.
	 *
	 * @param validator checks them
	 * @param method the method
	 * @param payloads the payloads that have some
	 */
	private record MethodConstraints(Validator validator, Method method,
			List<ConstrainedPayload> payloads) implements PayloadConstraints {

		@Override
		public void check(Object bean, @Nullable Object[] arguments) throws PayloadValidationException {
			List<PayloadError> errors = new ArrayList<>();
			Class<?> @Nullable [] groups = null;
			Set<ConstraintViolation<Object>> violations = Set.of();
			for (ConstrainedPayload payload : this.payloads) {
				if (payload.constrained()) {
					if (groups == null || !Arrays.equals(groups, payload.groups())) {
						groups = payload.groups();
						violations = this.validator.forExecutables()
							.validateParameters(ProxyTarget.of(bean), this.method, arguments, groups);
					}
					addOf(payload, violations, errors);
				}
				Object value = arguments[payload.index()];
				if (payload.alone() && value != null) {
					for (ConstraintViolation<Object> violation : this.validator.validate(value, payload.groups())) {
						errors.add(error(payload, violation, violation.getPropertyPath().iterator()));
					}
				}
			}
			if (!errors.isEmpty()) {
				errors.sort(Comparator.comparingInt(PayloadError::argument)
					.thenComparing(PayloadError::field)
					.thenComparing(PayloadError::message));
				throw new PayloadValidationException(errors);
			}
		}

		private static void addOf(ConstrainedPayload payload, Set<ConstraintViolation<Object>> violations,
				List<PayloadError> errors) {
			for (ConstraintViolation<Object> violation : violations) {
				Iterator<Path.Node> nodes = violation.getPropertyPath().iterator();
				nodes.next();
				if (nodes.hasNext() && nodes.next() instanceof Path.ParameterNode parameter
						&& parameter.getParameterIndex() == payload.index()) {
					errors.add(error(payload, violation, nodes));
				}
			}
		}

		private static PayloadError error(ConstrainedPayload payload, ConstraintViolation<?> violation,
				Iterator<Path.Node> below) {
			StringBuilder field = new StringBuilder();
			below.forEachRemaining((node) -> append(field, node));
			return new PayloadError(payload.position(), field.toString(), violation.getMessage());
		}

		private static void append(StringBuilder field, Path.Node node) {
			if (node.isInIterable()) {
				Object at = (node.getIndex() != null) ? node.getIndex() : node.getKey();
				field.append('[').append((at != null) ? at : "").append(']');
			}
			if (node instanceof Path.PropertyNode) {
				field.append((field.length() > 0) ? "." : "").append(node.getName());
			}
		}

	}

}
