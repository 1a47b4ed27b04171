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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoServerCustomizer;
import io.github.socketioboot.autoconfigure.SocketIoServerDrainingEvent;
import io.github.socketioboot.autoconfigure.TestClient;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.bridge.PayloadTypeException;
import io.github.socketioboot.engine.namespace.EventObserver;
import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.Socket;
import io.socket.client.Ack;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Handler methods as clients meet them: validation, answers that come later, exceptions,
 * and events without handlers.
 */
class HandlersIntegrationTests {

	private static final BlockingQueue<String> FAILURES = new LinkedBlockingQueue<>();

	private static final List<String> OUTCOMES = new CopyOnWriteArrayList<>();

	private static final List<String> ANY = new CopyOnWriteArrayList<>();

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = run();
	}

	@AfterAll
	static void close() {
		context.close();
	}

	// Clients of the test before were answered before its observer was told
	@BeforeEach
	void clear() {
		context.getBean(EngineSocketIOServer.class).engine().quiesce().orTimeout(30, TimeUnit.SECONDS).join();
		FAILURES.clear();
		OUTCOMES.clear();
		ANY.clear();
	}

	// Validation

	@Test
	void invalidPayloadIsAnsweredWithAnErrorAndNotHandled() throws Exception {
		try (TestClient client = connect("/")) {
			assertThat(client.ask("say", json("{'text':'hello','mail':null}"))).containsExactly("said hello");
			assertAnswer(client.ask("say", json("{'text':' ','mail':'secret'}")), """
					{"error":{"message":"Invalid payload","errors":[
						{"argument":0,"field":"mail","message":"must be a well-formed email address"},
						{"argument":0,"field":"text","message":"must not be blank"}]}}""");
			assertOutcomes("say SUCCESS", "say ERROR");
			assertThat(FAILURES).isEmpty();
		}
	}

	@Test
	void elementsNestedPayloadsAndArgumentsAreValidated() throws Exception {
		try (TestClient client = connect("/")) {
			assertAnswer(client.ask("order", "", new JSONArray("[{\"text\":\"a\"},{\"text\":\"\"}]")), """
					{"error":{"message":"Invalid payload","errors":[
						{"argument":0,"field":"","message":"must not be blank"},
						{"argument":1,"field":"[1].text","message":"must not be blank"}]}}""");
			assertAnswer(client.ask("nested", json("{'lines':[{'text':''}],'byName':{'k':{'text':''}}}")), """
					{"error":{"message":"Invalid payload","errors":[
						{"argument":0,"field":"byName[k].text","message":"must not be blank"},
						{"argument":0,"field":"lines[0].text","message":"must not be blank"}]}}""");
			assertAnswer(client.ask("elements", new JSONArray("[{\"text\":\"\"}]")), """
					{"error":{"message":"Invalid payload","errors":[
						{"argument":0,"field":"[0].text","message":"must not be blank"}]}}""");
			assertThat(client.ask("order", "x", new JSONArray("[{\"text\":\"a\"}]"))).containsExactly(1);
		}
	}

	@Test
	void constraintsOfAGroupAreThoseOfTheAnnotation() throws Exception {
		try (TestClient client = connect("/")) {
			assertThat(client.ask("create", json("{'id':0}"))).containsExactly("created");
			assertAnswer(client.ask("update", json("{'id':0}")), """
					{"error":{"message":"Invalid payload","errors":[
						{"argument":0,"field":"id","message":"must be greater than 0"}]}}""");
			assertThat(client.ask("update", json("{'id':1}"))).containsExactly("updated");
		}
	}

	@Test
	void payloadOfTheWrongTypeIsAnsweredToo() throws Exception {
		try (TestClient client = connect("/")) {
			assertAnswer(client.ask("double", "secret"), "{\"error\":{\"message\":\"Invalid payload\"}}");
			assertAnswer(client.ask("order", "x", "secret"), "{\"error\":{\"message\":\"Invalid payload\"}}");
		}
	}

	@Test
	void invalidPayloadWithoutAnAckIsToldToTheExceptionHandler() throws Exception {
		try (TestClient client = connect("/")) {
			client.socket().emit("say", json("{'text':'','mail':'secret'}"));
			assertThat(take(FAILURES)).isEqualTo("EVENT: Payloads violate 2 constraint(s)");
			client.socket().emit("double", "secret");
			assertThat(take(FAILURES)).isEqualTo("EVENT: Payload is no java.lang.Integer");
		}
	}

	@Test
	void applicationMayAnswerInvalidPayloadsItself() throws Exception {
		try (TestClient client = connect("/own")) {
			assertThat(client.ask("say", json("{'text':''}"))).containsExactly("text must not be blank");
			assertThat(client.ask("number", "x")).containsExactly("not a number");
		}
	}

	// Answers

	@Test
	void answersMayComeLater() {
		try (TestClient client = connect("/")) {
			assertThat(client.ask("later", "x")).containsExactly("later x");
			assertThat(client.ask("mono", "x")).containsExactly("mono x");
			assertThat(client.ask("mono empty")).hasToString("[null]");
			assertThat(client.ask("mono void")).isEmpty();
			assertThat(client.ask("later void")).isEmpty();
			assertThat(client.ask("optional", "x")).containsExactly("optional x");
			assertThat(client.ask("optional", "")).hasToString("[null]");
			assertThat(client.ask("later optional")).containsExactly("there");
			assertThat(client.ask("nothing")).isEmpty();
		}
	}

	@Test
	void failureThatComesLaterIsHandledAsAnyOther() {
		try (TestClient client = connect("/own")) {
			assertThat(client.ask("later failure")).containsExactly("own: later");
			assertThat(client.ask("mono failure")).containsExactly("own: mono");
			assertOutcomes("later failure ERROR", "mono failure ERROR");
		}
		try (TestClient client = connect("/")) {
			client.socket().emit("later failure", new Object[0], (Ack) (args) -> FAILURES.add("answered"));
			assertThat(take(FAILURES)).isEqualTo("EVENT: later");
			assertThat(client.ask("nothing")).isEmpty();
			assertThat(FAILURES).as("nobody answers what nobody handles").isEmpty();
		}
	}

	@Test
	void eventsBehindOneThatIsAnsweredLaterGoOn() {
		try (TestClient client = connect("/")) {
			CompletableFuture<Object> answer = new CompletableFuture<>();
			client.socket().emit("held", new Object[0], (Ack) (args) -> answer.complete(args[0]));
			assertThat(client.ask("nothing")).isEmpty();
			assertThat(answer).isNotDone();
			assertThat(client.ask("release")).isEmpty();
			assertThat(answer.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("released");
		}
	}

	@Test
	void drainWaitsForAnswersThatComeLater() {
		try (ConfigurableApplicationContext other = run("socketio.drain.spread=0ms");
				TestClient client = TestClient.connect(port(other))) {
			CompletableFuture<Object> answer = new CompletableFuture<>();
			client.socket().emit("at drain", new Object[0], (Ack) (args) -> answer.complete(args[0]));
			assertThat(client.ask("nothing")).isEmpty();
			other.close();
			assertThat(client.disconnection()).startsWith("transport");
			assertThat(answer.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("drained");
		}
	}

	// Exceptions

	@Test
	void closestExceptionHandlerOfTheOwnBeanAnswers() {
		try (TestClient client = connect("/own")) {
			assertThat(client.ask("fail", "state")).containsExactly("own: state");
			assertThat(client.ask("fail", "argument")).containsExactly("own runtime of fail: argument");
			assertThat(client.ask("fail", "cause")).containsExactly("own: inner");
			assertOutcomes("fail ERROR", "fail ERROR", "fail ERROR");
			assertThat(FAILURES).isEmpty();
		}
	}

	@Test
	void adviceServesAllBeansOrThoseOfItsNamespaceInOrder() throws Exception {
		try (TestClient client = connect("/")) {
			assertThat(client.ask("fail", "io")).containsExactly("advice: io");
			assertAnswer(client.ask("fail", "limit"), "{\"error\":{\"message\":\"Too much\"}}");
		}
		try (TestClient client = connect("/own")) {
			assertThat(client.ask("fail", "io")).containsExactly("advice of /own: io");
		}
	}

	@Test
	void exceptionThatNobodyHandlesGoesOnAndIsNotAnswered() {
		try (TestClient client = connect("/")) {
			client.socket().emit("fail", new Object[] { "state" }, (Ack) (args) -> FAILURES.add("answered"));
			assertThat(take(FAILURES)).isEqualTo("EVENT: state");
			assertThat(client.ask("nothing")).isEmpty();
			assertThat(FAILURES).isEmpty();
		}
	}

	@Test
	void exceptionOfAnExceptionHandlerGoesOnInItsPlace() {
		try (TestClient client = connect("/")) {
			client.socket().emit("fail", "worse");
			assertThat(take(FAILURES)).isEqualTo("EVENT: even worse than worse");
		}
	}

	@Test
	void exceptionsOfConnectHandlersAreHandled() {
		try (TestClient client = connect("/refusing")) {
			assertThat(client.event()).containsExactly("sorry", "no event");
		}
		assertThat(FAILURES).isEmpty();
	}

	// Any event

	@Test
	void eventsWithoutHandlersGoToTheCatchAll() throws Exception {
		try (TestClient client = connect("/")) {
			List<Object> answer = client.ask("unheard of", 1, json("{'a':[true]}"));
			assertAnswer(answer, "{\"event\":\"unheard of\",\"payloads\":[1,{\"a\":[true]}]}");
			assertThat(client.ask("nothing")).isEmpty();
			assertOutcomes("other SUCCESS", "nothing SUCCESS");
		}
	}

	@Test
	void anyEventIsSeenBeforeItsHandlersAndMayBeRefused() {
		try (TestClient client = connect("/")) {
			assertThat(client.ask("nothing")).isEmpty();
			assertThat(client.ask("refused", "x", 2)).containsExactly("advice: refused");
			assertThat(ANY).containsExactly("nothing []", "refused [x, 2]");
			assertOutcomes("nothing SUCCESS", "other ERROR");
		}
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(Application.class)
			.properties("socketio.port=0", "socketio.host=127.0.0.1", "spring.main.web-application-type=none",
					"spring.main.banner-mode=off", "logging.level.root=warn", "server.shutdown=graceful")
			.properties(properties)
			.run();
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
	}

	private static TestClient connect(String namespace) {
		return TestClient.connect(port(context), namespace, Map.of());
	}

	private static JSONObject json(String text) throws Exception {
		return new JSONObject(text.replace('\'', '"'));
	}

	private static void assertAnswer(List<Object> answer, String expected) {
		assertThat(answer).hasSize(1);
		JsonMapper mapper = JsonMapper.shared();
		assertThat(mapper.readTree(answer.get(0).toString())).isEqualTo(mapper.readTree(expected));
	}

	// The observer is told after the client
	private static void assertOutcomes(String... outcomes) {
		await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(OUTCOMES).containsExactly(outcomes));
	}

	private static String take(BlockingQueue<String> queue) {
		try {
			return queue.poll(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Line(@NotBlank String text) {
	}

	record Message(@NotBlank String text, @Nullable @Email String mail) {
	}

	record Basket(List<@Valid Line> lines, Map<String, @Valid Line> byName) {
	}

	interface Update {

	}

	record Entity(@Positive(groups = Update.class) int id) {
	}

	@SuppressWarnings("serial")
	static class LimitException extends RuntimeException {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ RootHandlers.class, OwnHandlers.class, RefusingHandlers.class, Advice.class, OwnAdvice.class,
			LastAdvice.class })
	static class Application {

		@Bean
		io.github.socketioboot.autoconfigure.SocketIoExceptionHandler exceptionHandler() {
			return (exception, client, source) -> FAILURES.add(source + ": " + exception.getMessage());
		}

		@Bean
		SocketIoServerCustomizer outcomes() {
			return (builder) -> builder.eventObserver(new EventObserver() {

				@Override
				public Handling onReceive(Socket socket, String event) {
					return (outcome) -> OUTCOMES.add(event + " " + outcome);
				}

				@Override
				public void onEmitted(String namespace, String event, EventOutcome outcome) {
				}

			});
		}

	}

	static class RootHandlers {

		private final CompletableFuture<String> drained = new CompletableFuture<>();

		private volatile CompletableFuture<String> held = new CompletableFuture<>();

		@OnEvent("say")
		String say(SocketIOClient client, @Valid Message message) {
			return "said " + message.text();
		}

		@OnEvent("order")
		int order(@NotBlank String name, List<@Valid Line> lines) {
			return lines.size();
		}

		@OnEvent("elements")
		void elements(List<@Valid Line> lines) {
		}

		@OnEvent("nested")
		void nested(@Valid @NotNull Basket basket) {
		}

		@OnEvent("create")
		String create(@Valid Entity entity) {
			return "created";
		}

		@OnEvent("update")
		String update(@Validated(Update.class) Entity entity) {
			return "updated";
		}

		@OnEvent("double")
		int twice(int number) {
			return 2 * number;
		}

		@OnEvent("later")
		CompletableFuture<String> later(String text) {
			return CompletableFuture.supplyAsync(() -> "later " + text);
		}

		@OnEvent("mono")
		Mono<String> mono(String text) {
			return Mono.fromSupplier(() -> "mono " + text);
		}

		@OnEvent("mono empty")
		Mono<String> monoEmpty() {
			return Mono.empty();
		}

		@OnEvent("mono void")
		Mono<Void> monoVoid() {
			return Mono.empty();
		}

		@OnEvent("later void")
		CompletableFuture<Void> laterVoid() {
			return CompletableFuture.runAsync(() -> {
			});
		}

		@OnEvent("optional")
		Optional<String> optional(String text) {
			return Optional.of("optional " + text).filter((value) -> !text.isEmpty());
		}

		@OnEvent("later optional")
		CompletableFuture<Optional<String>> laterOptional() {
			return CompletableFuture.completedFuture(Optional.of("there"));
		}

		@OnEvent("nothing")
		void nothing() {
		}

		@OnEvent("later failure")
		CompletableFuture<String> laterFailure() {
			return CompletableFuture.failedFuture(new IllegalStateException("later"));
		}

		@OnEvent("held")
		CompletableFuture<String> held() {
			return this.held;
		}

		@OnEvent("release")
		void release() {
			this.held.complete("released");
			this.held = new CompletableFuture<>();
		}

		@OnEvent("at drain")
		CompletableFuture<String> atDrain() {
			return this.drained;
		}

		@EventListener(SocketIoServerDrainingEvent.class)
		void draining() {
			this.drained.completeAsync(() -> "drained", CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
		}

		@OnEvent("fail")
		void fail(String how) throws Exception {
			switch (how) {
				case "io" -> throw new IOException(how);
				case "limit" -> throw new LimitException();
				case "worse" -> throw new UnsupportedOperationException(how);
				default -> throw new IllegalStateException(how);
			}
		}

		@OnAnyEvent
		void any(String event, Object... payloads) throws IOException {
			ANY.add(event + " " + Arrays.toString(payloads));
			if (event.equals("refused")) {
				throw new IOException(event);
			}
		}

		@OnUnhandledEvent
		Mono<Map<String, Object>> unhandled(JsonNode payloads, String event) {
			return Mono.just(Map.of("event", event, "payloads", payloads));
		}

	}

	@SocketIoNamespace("/own")
	static class OwnHandlers {

		@OnEvent("say")
		void say(@Valid Message message) {
		}

		@OnEvent("number")
		void number(int number) {
		}

		@OnEvent("fail")
		void fail(String how) throws Exception {
			switch (how) {
				case "io" -> throw new IOException(how);
				case "argument" -> throw new IllegalArgumentException(how);
				case "cause" -> throw new Exception("outer", new IllegalStateException("inner"));
				default -> throw new IllegalStateException(how);
			}
		}

		@OnEvent("later failure")
		CompletableFuture<String> laterFailure() {
			return CompletableFuture.supplyAsync(() -> {
				throw new IllegalStateException("later");
			});
		}

		@OnEvent("mono failure")
		Mono<String> monoFailure() {
			return Mono.error(new IllegalStateException("mono"));
		}

		@SocketIoExceptionHandler
		String state(SocketIOClient client, IllegalStateException failure) {
			return "own: " + failure.getMessage();
		}

		@SocketIoExceptionHandler(RuntimeException.class)
		void runtime(AckRequest ack, RuntimeException failure, String event) {
			ack.sendAckData("own runtime of " + event + ": " + failure.getMessage());
		}

		@SocketIoExceptionHandler
		String invalid(PayloadValidationException failure) {
			PayloadError error = failure.errors().get(0);
			return error.field() + " " + error.message();
		}

		@SocketIoExceptionHandler(PayloadTypeException.class)
		Optional<String> wrongType() {
			return Optional.of("not a number");
		}

	}

	@SocketIoNamespace("/refusing")
	static class RefusingHandlers {

		@OnConnect
		void connected(SocketIOClient client) {
			throw new IllegalStateException("on purpose");
		}

		@SocketIoExceptionHandler
		void sorry(IllegalStateException failure, SocketIOClient client, @Nullable String event, AckRequest ack) {
			assertThat(ack.isAckRequested()).isFalse();
			client.sendEvent("sorry", (event != null) ? event : "no event");
		}

	}

	@SocketIoAdvice
	@Order(2)
	static class Advice {

		@SocketIoExceptionHandler
		String io(IOException failure) {
			return "advice: " + failure.getMessage();
		}

		@SocketIoExceptionHandler
		ErrorAnswer limit(LimitException failure) {
			return ErrorAnswer.of("Too much");
		}

		@SocketIoExceptionHandler
		void worse(UnsupportedOperationException failure) {
			throw new IllegalArgumentException("even worse than " + failure.getMessage(), failure);
		}

	}

	@SocketIoAdvice
	@SocketIoNamespace("/own")
	@Order(1)
	static class OwnAdvice {

		@SocketIoExceptionHandler
		String io(IOException failure) {
			return "advice of /own: " + failure.getMessage();
		}

	}

	@SocketIoAdvice
	static class LastAdvice {

		@SocketIoExceptionHandler
		String io(IOException failure) {
			return "never";
		}

	}

}
