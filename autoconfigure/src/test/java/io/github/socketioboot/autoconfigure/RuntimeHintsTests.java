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

package io.github.socketioboot.autoconfigure;

import java.lang.reflect.Method;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a native image is told.
 */
class RuntimeHintsTests {

	private static RuntimeHints hints;

	@BeforeAll
	static void process() {
		GenericApplicationContext context = new GenericApplicationContext();
		new AnnotatedBeanDefinitionReader(context).register(AotApplication.class);
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(RuntimeHintsTests.class)), new InMemoryGeneratedFiles());
		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		hints = generation.getRuntimeHints();
		context.close();
	}

	@Test
	void handlerMethodsAreCalled() {
		for (String name : new String[] { "connected", "order", "all" }) {
			assertThat(
					RuntimeHintsPredicates.reflection().onMethodInvocation(method(AotApplication.Orders.class, name)))
				.accepts(hints);
		}
		assertThat(
				RuntimeHintsPredicates.reflection().onMethodInvocation(method(AotApplication.Ordering.class, "order")))
			.as("through a proxy of the interface")
			.accepts(hints);
	}

	@Test
	void payloadsAndAnswersAreReadAndWritten() {
		for (Class<?> type : new Class<?>[] { AotApplication.Order.class, AotApplication.Line.class,
				AotApplication.Receipt.class }) {
			assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(hints);
			Method accessor = ReflectionUtils.findMethod(type, type.getRecordComponents()[0].getName());
			assertThat(accessor).isNotNull();
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(accessor)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]))
				.accepts(hints);
		}
	}

	@Test
	void clientIsNoPayload() {
		assertThat(RuntimeHintsPredicates.reflection().onType(SocketIOClient.class)).rejects(hints);
	}

	@Test
	void propertiesAreBound() {
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(SocketIoProperties.class.getDeclaredConstructors()[0])).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(SocketIoProperties.Cluster.Local.class.getDeclaredConstructors()[0]))
			.accepts(hints);
	}

	@Test
	void browserClientAnnotationsAndSignalsAreReached() throws ReflectiveOperationException {
		RuntimeHints own = new RuntimeHints();
		AotServices.factories().load(RuntimeHintsRegistrar.class).forEach((registrar) -> {
			if (registrar.getClass().getName().startsWith("io.github.socketioboot.")) {
				registrar.registerHints(own, getClass().getClassLoader());
			}
		});
		for (String file : new String[] { "socket.io.js", "socket.io.min.js.map", "version" }) {
			assertThat(RuntimeHintsPredicates.resource()
				.forResource("/io/github/socketioboot/engine/netty/client/" + file)).accepts(own);
		}
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(OnEvent.class.getMethod("value")))
			.accepts(own);
		Class<?> signal = Class.forName("sun.misc.Signal");
		Class<?> handler = Class.forName("sun.misc.SignalHandler");
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(signal.getMethod("handle", signal, handler)))
			.accepts(own);
		assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(handler.getField("SIG_IGN"))).accepts(own);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(handler)).accepts(own);
	}

	private static Method method(Class<?> type, String name) {
		for (Method method : type.getDeclaredMethods()) {
			if (method.getName().equals(name) && !method.isBridge()) {
				return method;
			}
		}
		throw new AssertionError(name);
	}

}
