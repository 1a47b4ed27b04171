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

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import com.corundumstudio.socketio.annotation.SpringAnnotationScanner;
import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.validation.annotation.Validated;

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
	void validationWithoutAValidatorStopsTheStart() {
		for (Class<?> handler : List.of(ValidHandler.class, ConstrainedHandler.class, ElementsHandler.class,
				ValidatedHandler.class)) {
			this.runner.withBean(handler)
				.run((context) -> assertInvalid(context, handler.getSimpleName() + ".onEvent", "no validator"));
			this.runner.withBean(handler)
				.withClassLoader(new FilteredClassLoader("jakarta.validation"))
				.run((context) -> assertInvalid(context, handler.getSimpleName() + ".onEvent", "no validator"));
			this.runner.withBean(handler)
				.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Test
	void handlersWithoutConstraintsNeedNoValidation() {
		this.runner.withBean(AdminHandler.class)
			.withClassLoader(new FilteredClassLoader("jakarta.validation"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HandlerValidation.class));
	}

	@Test
	void constraintsThatNobodyChecksStopTheStart() {
		ApplicationContextRunner validating = this.runner
			.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class));
		validating.withBean(ConstrainedPrincipalHandler.class)
			.run((context) -> assertInvalid(context, "ConstrainedPrincipalHandler.onEvent", "no payload"));
		validating.withBean(ConstrainedAnyHandler.class)
			.run((context) -> assertInvalid(context, "ConstrainedAnyHandler.onAny", "no payload"));
		validating.withBean(StricterHandler.class)
			.run((context) -> assertInvalid(context, "StricterHandler.onEvent", "cannot be checked"));
		validating.withBean(MistypedHandler.class)
			.run((context) -> assertInvalid(context, "MistypedHandler.onEvent", "cannot be checked"));
	}

	@Test
	void exceptionHandlersThatAreNeverCalledStopTheStart() {
		this.runner.withBean(LonelyExceptionHandler.class)
			.run((context) -> assertInvalid(context, "LonelyExceptionHandler.onException", "never be called"));
	}

	@Test
	void exceptionHandlersOfUnclearTypesStopTheStart() {
		this.runner.withBean(VagueExceptionHandler.class)
			.run((context) -> assertInvalid(context, "VagueExceptionHandler.onException", "which exceptions"));
		this.runner.withBean(AmbiguousExceptionHandler.class)
			.run((context) -> assertInvalid(context, "AmbiguousExceptionHandler.", "and so does"));
		this.runner.withBean(MismatchedExceptionHandler.class)
			.run((context) -> assertInvalid(context, "MismatchedExceptionHandler.onException", "cannot be"));
	}

	@Test
	void otherServerHasNoHandlersOfAnyEvent() {
		ApplicationContextRunner other = this.runner.withBean(SocketIOServer.class, () -> {
			Configuration configuration = new Configuration();
			configuration.setHostname("127.0.0.1");
			configuration.setPort(0);
			return new SocketIOServer(configuration);
		});
		other.withBean(AnyHandler.class)
			.run((context) -> assertInvalid(context, "AnyHandler.onAny", "auto-configured server"));
		other.withBean(UnhandledHandler.class)
			.run((context) -> assertInvalid(context, "UnhandledHandler.onUnhandled", "auto-configured server"));
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

	record Item(String name) {
	}

	static class ValidHandler {

		@OnEvent("x")
		void onEvent(@Valid Item payload) {
		}

	}

	static class ConstrainedHandler {

		@OnEvent("x")
		void onEvent(@NotBlank String payload) {
		}

	}

	static class ElementsHandler {

		@OnEvent("x")
		void onEvent(Map<String, List<@NotBlank String>> payload) {
		}

	}

	static class ValidatedHandler {

		@OnEvent("x")
		void onEvent(@Validated Map<String, String> payload) {
		}

	}

	static class ConstrainedPrincipalHandler {

		@OnEvent("x")
		void onEvent(@NotNull Principal principal) {
		}

	}

	static class ConstrainedAnyHandler {

		@OnAnyEvent
		void onAny(List<@NotNull Object> payloads) {
		}

	}

	static class MistypedHandler {

		@OnEvent("x")
		void onEvent(@NotBlank Integer payload) {
		}

	}

	interface Lax {

		void onEvent(String payload);

	}

	static class StricterHandler implements Lax {

		@Override
		@OnEvent("x")
		public void onEvent(@NotBlank String payload) {
		}

	}

	static class LonelyExceptionHandler {

		@SocketIoExceptionHandler
		void onException(IllegalStateException failure) {
		}

	}

	@SocketIoAdvice
	static class VagueExceptionHandler {

		@SocketIoExceptionHandler
		void onException(SocketIOClient client) {
		}

	}

	@SocketIoAdvice
	static class AmbiguousExceptionHandler {

		@SocketIoExceptionHandler
		void one(IllegalStateException failure) {
		}

		@SocketIoExceptionHandler(IllegalStateException.class)
		void other(RuntimeException failure) {
		}

	}

	@SocketIoAdvice
	static class MismatchedExceptionHandler {

		@SocketIoExceptionHandler(IOException.class)
		void onException(IllegalStateException failure) {
		}

	}

	static class AnyHandler {

		@OnAnyEvent
		void onAny() {
		}

	}

	static class UnhandledHandler {

		@OnUnhandledEvent
		void onUnhandled() {
		}

	}

}
