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

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import io.github.socketioboot.engine.bridge.EngineSocketIOClient;
import io.github.socketioboot.engine.bridge.PayloadTypeException;
import io.github.socketioboot.engine.session.CloseReason;
import org.junit.jupiter.api.Test;
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
		assertThat(signature.answers()).isFalse();
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
		assertThat(signature("returning", HandlerKind.EVENT).answers()).isTrue();
		assertThat(signature("returningVoid", HandlerKind.EVENT).answers()).isFalse();
		assertThat(signature("connected", HandlerKind.CONNECT).answers()).isFalse();
	}

	@Test
	void reasonIsForDisconnects() throws Exception {
		HandlerCall call = new HandlerCall(this.client, List.of(), null, CloseReason.PING_TIMEOUT);
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
	void answersThatComeLaterAreRefused() {
		assertThat(assertInvalid("later", HandlerKind.EVENT).getAction()).contains("AckRequest");
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
		return new HandlerCall(this.client, Arrays.asList(payloads), this.ack, null);
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

	}

}
