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
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import io.github.socketioboot.engine.bridge.EngineSocketIOClient;
import io.github.socketioboot.engine.bridge.PayloadTypeException;
import io.github.socketioboot.engine.session.CloseReason;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;

class HandlerSignatureTests {

	private final EngineSocketIOClient client = mock(EngineSocketIOClient.class);

	private final AckRequest ack = mock(AckRequest.class);

	@Test
	void argumentsComeInAnyOrderAndPayloadsByPosition() throws Exception {
		HandshakeData handshake = new HandshakeData();
		given(this.client.getHandshakeData()).willReturn(handshake);
		Principal principal = () -> "ann";
		given(this.client.principal()).willReturn(principal);
		HandlerSignature signature = signature("everything", HandlerKind.EVENT);
		assertThat(signature.payloadTypes()).containsExactly(String.class, Integer.class);
		assertThat(signature.answer().answers()).isFalse();
		Object[] arguments = signature.arguments(call("text", 3));
		assertThat(arguments).containsExactly("text", this.ack, principal, 3, this.client, handshake);
	}

	@Test
	void payloadsThatWereNotSentAreNull() throws Exception {
		assertThat(signature("two", HandlerKind.EVENT).arguments(call("a"))).containsExactly("a", null);
	}

	@Test
	void primitivePayloadThatWasNotSentIsAWrongPayload() {
		assertThatExceptionOfType(PayloadTypeException.class)
			.isThrownBy(() -> signature("primitive", HandlerKind.EVENT).arguments(call()));
	}

	@Test
	void genericPayloadIsConverted() throws Exception {
		HandlerSignature signature = signature("generic", HandlerKind.EVENT);
		assertThat(signature.payloadTypes()).containsExactly(Object.class);
		assertThat(signature.arguments(call(List.of(Map.of("x", 1))))).containsExactly(List.of(new Point(1)));
		assertThatExceptionOfType(PayloadTypeException.class).isThrownBy(() -> signature.arguments(call("text")));
	}

	@Test
	void typeVariablesAreThoseOfTheBean() throws Exception {
		Method method = Arrays.stream(Generic.class.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals("handle"))
			.findFirst()
			.orElseThrow();
		HandlerSignature signature = HandlerSignature.of(method, OfPoints.class, HandlerKind.EVENT,
				JsonMapper.shared());
		assertThat(signature.payloadTypes()).containsExactly(Point.class);
	}

	@Test
	void whatIsReturnedAnswersEventsOnly() {
		assertThat(signature("returning", HandlerKind.EVENT).answer().answers()).isTrue();
		assertThat(signature("returningVoid", HandlerKind.EVENT).answer().answers()).isFalse();
		assertThat(signature("connected", HandlerKind.CONNECT).answer().answers()).isFalse();
	}

	@Test
	void reasonIsForDisconnects() throws Exception {
		HandlerCall call = HandlerCall.disconnected(this.client, CloseReason.PING_TIMEOUT);
		assertThat(signature("disconnected", HandlerKind.DISCONNECT).arguments(call))
			.containsExactly(CloseReason.PING_TIMEOUT, this.client);
		assertInvalid("disconnected", HandlerKind.CONNECT);
		assertInvalid("disconnected", HandlerKind.EVENT);
	}

	@Test
	void wrongArgumentsAreNamedWithTheMethod() {
		FailureAnalysis analysis = assertInvalid("two", HandlerKind.CONNECT);
		assertThat(analysis.getDescription()).contains("@OnConnect").contains("Handlers.two").contains("String");
		assertThat(analysis.getAction()).contains("SocketIOClient");
		assertInvalid("everything", HandlerKind.DISCONNECT);
		assertThat(assertInvalid("twice", HandlerKind.EVENT).getDescription()).contains("two arguments")
			.contains("AckRequest");
	}

	@Test
	void answersThatNobodyAwaitsAreRefused() {
		assertThat(signature("later", HandlerKind.EVENT).answer().answers()).isTrue();
		assertThat(assertInvalid("later", HandlerKind.CONNECT).getAction()).isEqualTo("Return nothing.");
		assertInvalid("mono", HandlerKind.DISCONNECT);
		assertThat(assertInvalid("later", HandlerKind.EXCEPTION).getAction()).contains("AckRequest");
		assertThat(assertInvalid("future", HandlerKind.EVENT).getAction()).contains("CompletableFuture");
	}

	@Test
	void answersOfManyValuesAreRefused() {
		for (String method : List.of("flux", "publisher", "flow", "stream")) {
			assertThat(assertInvalid(method, HandlerKind.EVENT).getDescription()).contains("Handlers." + method)
				.contains("many values");
		}
	}

	@Test
	void handlersOfAnyEventTakeItsNameAndAllPayloads() throws Exception {
		HandlerCall call = HandlerCall.event(this.client, "x", Arrays.asList(1, null), this.ack);
		assertThat(signature("any", HandlerKind.ANY_EVENT).arguments(call)).containsExactly("x", Arrays.asList(1, null),
				this.ack);
		assertThat(signature("anyArray", HandlerKind.ANY_EVENT).arguments(call))
			.containsExactly(new Object[] { new Object[] { 1, null } });
		assertThat(signature("anyTree", HandlerKind.UNHANDLED_EVENT).arguments(call)[0]).hasToString("[1,null]");
		HandlerCall points = HandlerCall.event(this.client, "x", List.of(Map.of("x", 1)), this.ack);
		HandlerSignature generic = signature("generic", HandlerKind.UNHANDLED_EVENT);
		assertThat(generic.arguments(points)).containsExactly(List.of(new Point(1)));
		assertThatExceptionOfType(PayloadTypeException.class).isThrownBy(() -> generic.arguments(call("text")));
	}

	@Test
	void mistakesInHandlersOfAnyEventAreNamed() {
		assertThat(assertInvalid("primitive", HandlerKind.UNHANDLED_EVENT).getAction()).contains("JsonNode");
		assertInvalid("two", HandlerKind.ANY_EVENT);
		assertInvalid("anyTwice", HandlerKind.ANY_EVENT);
		assertThat(assertInvalid("returning", HandlerKind.ANY_EVENT).getAction()).contains("@OnUnhandledEvent");
	}

	@Test
	void handlersOfExceptionsTakeOne() throws Exception {
		IllegalStateException failure = new IllegalStateException();
		assertThat(signature("failed", HandlerKind.EXCEPTION).arguments(call().failed(failure)))
			.containsExactly(failure, "x", this.client);
		assertInvalid("primitive", HandlerKind.EXCEPTION);
		assertInvalid("failedTwice", HandlerKind.EXCEPTION);
		assertInvalid("failed", HandlerKind.EVENT);
	}

	private static FailureAnalysis assertInvalid(String method, HandlerKind kind) {
		InvalidHandlerMethodException failure = catchThrowableOfType(InvalidHandlerMethodException.class,
				() -> signature(method, kind));
		assertThat(failure).isNotNull();
		FailureAnalysis analysis = new InvalidHandlerMethodFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		return analysis;
	}

	private static HandlerSignature signature(String name, HandlerKind kind) {
		Method method = Arrays.stream(Handlers.class.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
		return HandlerSignature.of(method, Handlers.class, kind, JsonMapper.shared());
	}

	private HandlerCall call(Object... payloads) {
		return HandlerCall.event(this.client, "x", Arrays.asList(payloads), this.ack);
	}

	record Point(int x) {
	}

	static class Generic<T> {

		void handle(T payload) {
		}

	}

	static final class OfPoints extends Generic<Point> {

	}

	static final class Handlers {

		void everything(String first, AckRequest ack, Principal principal, int second, SocketIOClient client,
				HandshakeData handshake) {
		}

		void two(String first, String second) {
		}

		void twice(AckRequest first, AckRequest second) {
		}

		void primitive(long number) {
		}

		void generic(List<Point> points) {
		}

		String returning() {
			return "";
		}

		Void returningVoid() {
			return null;
		}

		String connected(SocketIOClient client) {
			return "";
		}

		void disconnected(CloseReason reason, SocketIOClient client) {
		}

		CompletableFuture<String> later() {
			return CompletableFuture.completedFuture("");
		}

		Future<String> future() {
			return later();
		}

		Mono<String> mono() {
			return Mono.empty();
		}

		Flux<String> flux() {
			return Flux.empty();
		}

		Publisher<String> publisher() {
			return Flux.empty();
		}

		Flow.Publisher<String> flow() {
			return new SubmissionPublisher<>();
		}

		Stream<String> stream() {
			return Stream.of();
		}

		void any(String event, List<Object> payloads, AckRequest ack) {
		}

		void anyArray(Object... payloads) {
		}

		void anyTree(JsonNode payloads) {
		}

		void anyTwice(List<Object> payloads, JsonNode tree) {
		}

		void failed(IllegalStateException failure, String event, SocketIOClient client) {
		}

		void failedTwice(IllegalStateException failure, RuntimeException other) {
		}

	}

}
