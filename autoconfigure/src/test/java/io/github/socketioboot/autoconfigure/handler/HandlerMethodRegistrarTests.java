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

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import com.corundumstudio.socketio.annotation.SpringAnnotationScanner;
import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class HandlerMethodRegistrarTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoHandlerAutoConfiguration.class))
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate",
				"chat.namespace=/from-property");

	@Test
	void namespaceOfAHandlerIsCreated() {
		this.runner.withBean(AdminHandler.class)
			.withBean(PlaceholderHandler.class)
			.run((context) -> assertThat(context.getBean(SocketIOServer.class).getAllNamespaces())
				.extracting((namespace) -> namespace.getName())
				.containsExactlyInAnyOrder("", "/admin", "/from-property"));
	}

	@Test
	void lazyBeansAreNotCreated() {
		LazyHandler.created = false;
		this.runner.withBean(LazyHandler.class, LazyHandler::new, (definition) -> definition.setLazyInit(true))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(SocketIOServer.class).getNamespace("/lazy")).isNotNull();
				assertThat(LazyHandler.created).isFalse();
			});
	}

	@Test
	void lazyInitializationFindsHandlers() {
		LazyHandler.created = false;
		this.runner.withBean(LazyHandler.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context.getBean(SocketIOServer.class).getNamespace("/lazy")).isNotNull();
				assertThat(LazyHandler.created).isFalse();
			});
	}

	@Test
	void methodThatTheProxyLacksStopsTheStart() {
		this.runner
			.withBean("proxied", Greeter.class,
					() -> (Greeter) new ProxyFactory(new GreeterHandler()).getProxy(getClass().getClassLoader()))
			.run((context) -> assertInvalid(context, "GreeterHandler.greet", "proxy"));
	}

	@Test
	void reservedAndBlankEventsStopTheStart() {
		this.runner.withBean(ReservedHandler.class)
			.run((context) -> assertInvalid(context, "ReservedHandler.onEvent", "'disconnect'"));
		this.runner.withBean(BlankHandler.class)
			.run((context) -> assertInvalid(context, "BlankHandler.onEvent", "names no event"));
	}

	@Test
	void badNamespaceStopsTheStart() {
		this.runner.withBean(BadNamespaceHandler.class)
			.run((context) -> assertInvalid(context, "BadNamespaceHandler.onEvent", "'/a,b'"));
	}

	@Test
	void scannerOfStockMakesItBackOff() {
		this.runner.withBean(AdminHandler.class)
			.withBean(SpringAnnotationScanner.class)
			.run((context) -> assertThat(context).doesNotHaveBean(HandlerMethodRegistrar.class));
	}

	private static void assertInvalid(AssertableApplicationContext context, String method, String reason) {
		assertThat(context).hasFailed();
		assertThat(context.getStartupFailure()).isInstanceOf(InvalidHandlerMethodException.class)
			.hasMessageContaining(method)
			.hasMessageContaining(reason);
	}

	@SocketIoNamespace("/admin")
	static class AdminHandler {

		@OnConnect
		void onConnect(SocketIOClient client) {
		}

	}

	@SocketIoNamespace("${chat.namespace}")
	static class PlaceholderHandler {

		@OnConnect
		void onConnect(SocketIOClient client) {
		}

	}

	@SocketIoNamespace("lazy")
	static class LazyHandler {

		static boolean created;

		LazyHandler() {
			created = true;
		}

		@OnEvent("x")
		void onEvent() {
		}

	}

	interface Greeter {

		String name();

	}

	static class GreeterHandler implements Greeter {

		@Override
		public String name() {
			return "";
		}

		@OnEvent("greet")
		void greet() {
		}

	}

	static class ReservedHandler {

		@OnEvent("disconnect")
		void onEvent() {
		}

	}

	static class BlankHandler {

		@OnEvent(" ")
		void onEvent() {
		}

	}

	@SocketIoNamespace("/a,b")
	static class BadNamespaceHandler {

		@OnEvent("x")
		void onEvent() {
		}

	}

}
