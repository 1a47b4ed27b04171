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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.TestClient;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.aopalliance.intercept.MethodInterceptor;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handler methods of beans behind proxies: by class and by interface, with transactions,
 * validation and exceptions.
 */
class ProxiedHandlersIntegrationTests {

	private static final List<String> TRANSACTIONS = new CopyOnWriteArrayList<>();

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class)
			.properties("socketio.port=0", "socketio.host=127.0.0.1", "spring.main.web-application-type=none",
					"spring.main.banner-mode=off", "logging.level.root=warn", "server.shutdown=immediate",
					"spring.aop.proxy-target-class=false")
			.run();
	}

	@AfterAll
	static void close() {
		context.close();
	}

	@BeforeEach
	void clear() {
		TRANSACTIONS.clear();
	}

	@Test
	void transactionSurroundsAHandlerBehindAProxyOfItsClass() {
		assertThat(AopUtils.isCglibProxy(context.getBean(Accounts.class))).isTrue();
		try (TestClient client = connect()) {
			assertThat(client.ask("account", "ann")).containsExactly("ann true");
			assertThat(TRANSACTIONS).containsExactly("begin", "commit");
			assertThat(client.ask("account", "")).containsExactly("failed: nobody, in a transaction: false");
			assertThat(TRANSACTIONS).containsExactly("begin", "commit", "begin", "rollback");
		}
	}

	@Test
	void transactionSurroundsAHandlerBehindAProxyOfItsInterface() throws Exception {
		assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Payments.class))).isTrue();
		try (TestClient client = connect()) {
			assertThat(client.ask("pay", payment("ann"))).containsExactly("paid ann true");
			assertThat(TRANSACTIONS).containsExactly("begin", "commit");
			assertThat(client.ask("pay", payment("nobody"))).containsExactly("unpaid: nobody");
			assertThat(TRANSACTIONS).containsExactly("begin", "commit", "begin", "rollback");
		}
	}

	@Test
	void constraintsAreThoseOfTheTargetAndOfItsInterface() throws Exception {
		try (TestClient client = connect()) {
			assertThat(client.ask("pay", payment(""))).containsExactly("[0 to must not be blank]");
			assertThat(client.ask("refund", payment(""))).containsExactly("[0 to must not be blank]");
			assertThat(client.ask("account checked", payment(""))).containsExactly("[0 to must not be blank]");
			assertThat(TRANSACTIONS).as("transactions of invalid payloads").isEmpty();
			assertThat(client.ask("refund", payment("ann"))).containsExactly("refunded ann");
		}
	}

	@Test
	void exceptionThatAProxyHasWrappedIsTheOneThatWasThrown() {
		try (TestClient client = connect()) {
			assertThat(client.ask("by interface")).containsExactly("checked: by interface");
			assertThat(client.ask("by class")).containsExactly("checked: by class");
		}
	}

	private static TestClient connect() {
		return TestClient.connect(context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class));
	}

	private static JSONObject payment(String to) throws Exception {
		return new JSONObject().put("to", to);
	}

	record Payment(@NotBlank String to) {
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableTransactionManagement
	@Import({ Accounts.class, PaymentHandlers.class, Advice.class })
	static class Application {

		@Bean
		RecordingTransactionManager transactionManager() {
			return new RecordingTransactionManager();
		}

		@Bean
		Failing byInterface() {
			ProxyFactory proxy = new ProxyFactory(new FailingHandlers());
			proxy.addAdvice(throwing("by interface"));
			return (Failing) proxy.getProxy(getClass().getClassLoader());
		}

		@Bean
		FailingByClass byClass() {
			ProxyFactory proxy = new ProxyFactory(new FailingByClass());
			proxy.setProxyTargetClass(true);
			proxy.addAdvice(throwing("by class"));
			return (FailingByClass) proxy.getProxy(getClass().getClassLoader());
		}

		private static MethodInterceptor throwing(String message) {
			return (invocation) -> {
				throw new IOException(message);
			};
		}

	}

	static class Accounts {

		@OnEvent("account")
		@Transactional
		String open(String name) {
			if (name.isEmpty()) {
				throw new IllegalArgumentException("nobody");
			}
			return name + " " + TransactionSynchronizationManager.isActualTransactionActive();
		}

		@OnEvent("account checked")
		@Transactional
		void check(@Valid Payment payment) {
		}

		@SocketIoExceptionHandler
		String failed(IllegalArgumentException failure) {
			return "failed: " + failure.getMessage() + ", in a transaction: "
					+ TransactionSynchronizationManager.isActualTransactionActive();
		}

	}

	interface Payments {

		String pay(@Valid Payment payment, SocketIOClient client);

		@OnEvent("refund")
		String refund(@Valid Payment payment);

		String unpaid(IllegalStateException failure);

	}

	static class PaymentHandlers implements Payments {

		@Override
		@OnEvent("pay")
		@Transactional
		public String pay(Payment payment, SocketIOClient client) {
			if (payment.to().equals("nobody")) {
				throw new IllegalStateException(payment.to());
			}
			return "paid " + payment.to() + " " + TransactionSynchronizationManager.isActualTransactionActive();
		}

		@Override
		public String refund(Payment payment) {
			return "refunded " + payment.to();
		}

		@Override
		@SocketIoExceptionHandler
		public String unpaid(IllegalStateException failure) {
			return "unpaid: " + failure.getMessage();
		}

	}

	interface Failing {

		void fail();

	}

	static class FailingHandlers implements Failing {

		@Override
		@OnEvent("by interface")
		public void fail() {
		}

	}

	static class FailingByClass {

		@OnEvent("by class")
		void fail() {
		}

	}

	@SocketIoAdvice
	static class Advice {

		@SocketIoExceptionHandler
		String checked(IOException failure) {
			return "checked: " + failure.getMessage();
		}

		@SocketIoExceptionHandler
		String invalid(PayloadValidationException failure) {
			return failure.errors()
				.stream()
				.map((error) -> error.argument() + " " + error.field() + " " + error.message())
				.toList()
				.toString();
		}

	}

	static class RecordingTransactionManager extends AbstractPlatformTransactionManager {

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			TRANSACTIONS.add("begin");
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			TRANSACTIONS.add("commit");
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			TRANSACTIONS.add("rollback");
		}

	}

}
