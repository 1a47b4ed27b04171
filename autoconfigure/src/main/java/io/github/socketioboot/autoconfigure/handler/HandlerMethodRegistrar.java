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
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.OnEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Finds the annotated methods of all beans, when the singletons exist and before the
 * server starts, and registers them as listeners. Beans are not created for that.
 */
final class HandlerMethodRegistrar implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(HandlerMethodRegistrar.class);

	private static final List<Class<? extends Annotation>> ANNOTATIONS = Arrays.stream(HandlerKind.values())
		.<Class<? extends Annotation>>map(HandlerKind::annotation)
		.toList();

	/**
	 * Events that clients cannot send.
	 */
	private static final Set<String> RESERVED = Set.of("connect", "connect_error", "disconnect", "disconnecting",
			"newListener", "removeListener");

	private final ConfigurableListableBeanFactory beanFactory;

	private final SocketIOServer server;

	private final JsonMapper mapper;

	private final HandlerValidation validation;

	HandlerMethodRegistrar(ConfigurableListableBeanFactory beanFactory, SocketIOServer server, JsonMapper mapper,
			HandlerValidation validation) {
		this.beanFactory = beanFactory;
		this.server = server;
		this.mapper = mapper;
		this.validation = validation;
	}

	@Override
	public void afterSingletonsInstantiated() {
		HandlerFailures failures = new HandlerFailures();
		List<HandlerBean> advices = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(beanName) ? null : targetType(beanName);
			if (type != null && AnnotationUtils.isCandidateClass(type, ANNOTATIONS)) {
				HandlerBean bean = bean(beanName, type);
				register(bean, failures);
				if (AnnotatedElementUtils.hasAnnotation(type, SocketIoAdvice.class)) {
					advices.add(bean);
				}
			}
		}
		advices.sort(Comparator.comparingInt((bean) -> OrderUtils.getOrder(bean.type(), Ordered.LOWEST_PRECEDENCE)));
		advices.forEach((bean) -> failures.advise(adviceNamespace(bean.type()), bean.exceptions()));
	}

	private @Nullable Class<?> targetType(String beanName) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
			if (type != null && ScopedObject.class.isAssignableFrom(type)) {
				Class<?> target = AutoProxyUtils.determineTargetClass(this.beanFactory,
						ScopedProxyUtils.getTargetBeanName(beanName));
				return (target != null) ? target : type;
			}
			return (type != null && Proxy.isProxyClass(type)) ? proxiedType(beanName, type) : type;
		}
		catch (RuntimeException ex) {
			logger.debug("Bean '{}' has no type that could be searched for handlers", beanName, ex);
			return null;
		}
	}

	// Proxies that the application has made by hand do not tell the bean factory their
	// target
	private Class<?> proxiedType(String beanName, Class<?> type) {
		Object bean = this.beanFactory.getSingleton(beanName);
		return (bean != null) ? AopUtils.getTargetClass(bean) : type;
	}

	private HandlerBean bean(String beanName, Class<?> type) {
		Supplier<Object> bean = this.beanFactory.isSingleton(beanName)
				? SingletonSupplier.of(() -> this.beanFactory.getBean(beanName))
				: () -> this.beanFactory.getBean(beanName);
		return new HandlerBean(beanName, type, bean, new ExceptionMethods());
	}

	private void register(HandlerBean bean, HandlerFailures failures) {
		Map<Method, Annotation> exceptions = methods(bean.type(), HandlerKind.EXCEPTION);
		exceptions.forEach((method, annotation) -> bean.exceptions()
			.add(method, (SocketIoExceptionHandler) annotation, handler(bean, method, HandlerKind.EXCEPTION)));
		boolean serves = AnnotatedElementUtils.hasAnnotation(bean.type(), SocketIoAdvice.class);
		for (HandlerKind kind : HandlerKind.values()) {
			if (kind != HandlerKind.EXCEPTION) {
				Map<Method, Annotation> found = methods(bean.type(), kind);
				serves |= !found.isEmpty();
				found.forEach((method, annotation) -> register(bean, method, kind, annotation, failures));
			}
		}
		if (!serves && !exceptions.isEmpty()) {
			throw new InvalidHandlerMethodException(exceptions.keySet().iterator().next(), HandlerKind.EXCEPTION,
					"would never be called: its bean has no handlers",
					"Give its class @SocketIoAdvice, so that it serves the handlers of all beans.", null);
		}
	}

	private void register(HandlerBean bean, Method method, HandlerKind kind, Annotation annotation,
			HandlerFailures failures) {
		HandlerMethod handler = handler(bean, method, kind);
		HandlerListeners listeners = new HandlerListeners(this.server, namespace(bean.type(), method, kind), failures,
				bean.exceptions());
		boolean possible = switch (kind) {
			case CONNECT -> {
				listeners.onConnect(handler);
				yield true;
			}
			case EVENT -> {
				listeners.onEvent(event(method, (OnEvent) annotation), handler);
				yield true;
			}
			case ANY_EVENT -> listeners.onAnyEvent(handler);
			case UNHANDLED_EVENT -> listeners.onUnhandledEvent(handler);
			case DISCONNECT -> {
				listeners.onDisconnect(handler);
				yield true;
			}
			case EXCEPTION -> true;
		};
		if (!possible) {
			throw new InvalidHandlerMethodException(method, kind, "needs the auto-configured server",
					"Remove the application's own bean of type SocketIOServer, or the method.", null);
		}
	}

	private HandlerMethod handler(HandlerBean bean, Method method, HandlerKind kind) {
		HandlerSignature signature = HandlerSignature.of(method, bean.type(), kind, this.mapper);
		PayloadConstraints constraints = this.validation.constraints(method, bean.type(), kind, signature);
		return new HandlerMethod(bean.bean(), invocable(bean.name(), method, kind), signature, constraints);
	}

	private static Map<Method, Annotation> methods(Class<?> type, HandlerKind kind) {
		MethodIntrospector.MetadataLookup<Annotation> lookup = (method) -> AnnotatedElementUtils
			.findMergedAnnotation(method, kind.annotation());
		return MethodIntrospector.selectMethods(type, lookup);
	}

	private Method invocable(String beanName, Method method, HandlerKind kind) {
		Class<?> beanType = this.beanFactory.getType(beanName);
		try {
			return AopUtils.selectInvocableMethod(method, beanType);
		}
		catch (IllegalStateException ex) {
			throw new InvalidHandlerMethodException(method, kind, "cannot be called through the proxy of its bean",
					"Declare the method in an interface that the proxy has, make it non-private, or let the bean be "
							+ "proxied by its class ('spring.aop.proxy-target-class=true').",
					ex);
		}
	}

	private String namespace(Class<?> type, Method method, HandlerKind kind) {
		SocketIoNamespace annotation = AnnotatedElementUtils.findMergedAnnotation(type, SocketIoNamespace.class);
		if (annotation == null) {
			return "/";
		}
		String value = this.beanFactory.resolveEmbeddedValue(annotation.value());
		String name = (value == null || !value.startsWith("/")) ? "/" + value : value;
		if (value == null || !value.equals(value.strip()) || value.contains(",") || value.contains("?")) {
			throw new InvalidHandlerMethodException(method, kind,
					"serves the namespace '" + value + "', which no client could name",
					"Give @SocketIoNamespace of the class a name such as /admin.", null);
		}
		return name;
	}

	private @Nullable String adviceNamespace(Class<?> type) {
		Map<Method, Annotation> methods = methods(type, HandlerKind.EXCEPTION);
		return (!methods.isEmpty() && AnnotatedElementUtils.hasAnnotation(type, SocketIoNamespace.class))
				? namespace(type, methods.keySet().iterator().next(), HandlerKind.EXCEPTION) : null;
	}

	private static String event(Method method, OnEvent annotation) {
		String event = annotation.value();
		if (event.isBlank()) {
			throw new InvalidHandlerMethodException(method, HandlerKind.EVENT, "names no event",
					"Give @OnEvent the name of the event.", null);
		}
		if (RESERVED.contains(event)) {
			throw new InvalidHandlerMethodException(method, HandlerKind.EVENT,
					"names the event '" + event + "', which clients cannot send",
					"Use @OnConnect or @OnDisconnect, or another name.", null);
		}
		return event;
	}

	/**
	 * A bean with annotated methods.
	 *
	 * @param name its name
	 * @param type the class that declares the methods
	 * @param bean the bean
	 * @param exceptions its methods for exceptions
	 */
	private record HandlerBean(String name, Class<?> type, Supplier<Object> bean, ExceptionMethods exceptions) {

	}

}
