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
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Tells a native image of the handler methods of beans, which are called by reflection,
 * and of what they take and return, which is read and written as JSON.
 */
class HandlerMethodHints implements BeanRegistrationAotProcessor {

	private static final List<Class<? extends Annotation>> ANNOTATIONS = Arrays.stream(HandlerKind.values())
		.<Class<? extends Annotation>>map(HandlerKind::annotation)
		.toList();

	/**
	 * Types of netty-socketio, such as the client, are no payloads.
	 */
	private static final String MODEL = "com.corundumstudio.socketio.";

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = ClassUtils.getUserClass(registeredBean.getBeanClass());
		if (!AnnotationUtils.isCandidateClass(type, ANNOTATIONS)) {
			return null;
		}
		Set<Method> methods = MethodIntrospector.selectMethods(type, HandlerMethodHints::isHandler);
		return methods.isEmpty() ? null : new Contribution(type, methods);
	}

	private static boolean isHandler(Method method) {
		return ANNOTATIONS.stream().anyMatch((annotation) -> AnnotatedElementUtils.hasAnnotation(method, annotation));
	}

	/**
	 * Hints for one bean.
	 *
	 * @param type class of the bean
	 * @param methods its handler methods
	 */
	private record Contribution(Class<?> type, Set<Method> methods) implements BeanRegistrationAotContribution {

		private static final BindingReflectionHintsRegistrar payloads = new BindingReflectionHintsRegistrar();

		@Override
		public void applyTo(GenerationContext generationContext, BeanRegistrationCode beanRegistrationCode) {
			RuntimeHints hints = generationContext.getRuntimeHints();
			for (Method method : this.methods) {
				hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
				registerInterfaces(hints, method);
				payloads.registerReflectionHints(hints.reflection(), payloads(method));
			}
		}

		// A proxy may have the interfaces of a bean and not its class
		private void registerInterfaces(RuntimeHints hints, Method method) {
			for (Class<?> declaring : ClassUtils.getAllInterfacesForClass(this.type)) {
				Method declared = ClassUtils.getMethodIfAvailable(declaring, method.getName(),
						method.getParameterTypes());
				if (declared != null) {
					hints.reflection().registerMethod(declared, ExecutableMode.INVOKE);
				}
			}
		}

		private Type[] payloads(Method method) {
			List<Type> types = new ArrayList<>();
			for (int i = -1; i < method.getParameterCount(); i++) {
				ResolvableType payload = ResolvableType
					.forMethodParameter(new MethodParameter(method, i).withContainingClass(this.type));
				Class<?> raw = payload.resolve();
				if (raw != null && raw != void.class && !raw.getName().startsWith(MODEL)) {
					types.add(payload.hasGenerics() ? payload.getType() : raw);
				}
			}
			return types.toArray(new Type[0]);
		}

	}

}
