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

package io.github.socketioboot.engine.netty;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.netty.handler.codec.http.FullHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EngineError}.
 */
class EngineErrorTests {

	@ParameterizedTest
	@MethodSource
	void pollingIsAnsweredWithJson(EngineError error, int status, String body) {
		FullHttpResponse response = error.answer();
		assertThat(response.status().code()).isEqualTo(status);
		assertThat(response.content().toString(StandardCharsets.UTF_8)).isEqualTo(body);
		assertThat(response.headers().get("Content-Type")).isEqualTo("application/json");
		assertThat(response.headers().getInt("Content-Length")).isEqualTo(response.content().readableBytes());
		assertThat(response.headers().contains("Cache-Control")).isFalse();
	}

	static Stream<Arguments> pollingIsAnsweredWithJson() {
		return Stream.of(
				Arguments.of(EngineError.TRANSPORT_UNKNOWN, 400, "{\"code\":0,\"message\":\"Transport unknown\"}"),
				Arguments.of(EngineError.SESSION_UNKNOWN, 400, "{\"code\":1,\"message\":\"Session ID unknown\"}"),
				Arguments.of(EngineError.BAD_HANDSHAKE_METHOD, 400,
						"{\"code\":2,\"message\":\"Bad handshake method\"}"),
				Arguments.of(EngineError.BAD_REQUEST, 400, "{\"code\":3,\"message\":\"Bad request\"}"),
				Arguments.of(EngineError.FORBIDDEN, 403, "{\"code\":4,\"message\":\"Forbidden\"}"),
				Arguments.of(EngineError.FOREIGN_ORIGIN, 403, "{\"code\":4,\"message\":\"Origin not allowed\"}"),
				Arguments.of(EngineError.forbidden("thou shall not pass"), 403,
						"{\"code\":4,\"message\":\"thou shall not pass\"}"),
				Arguments.of(EngineError.UNSUPPORTED_VERSION, 400,
						"{\"code\":5,\"message\":\"Unsupported protocol version\"}"),
				Arguments.of(EngineError.unavailable("Draining"), 503, "{\"code\":4,\"message\":\"Draining\"}"));
	}

	@ParameterizedTest
	@MethodSource
	void upgradeIsAnsweredWithText(EngineError error, int status, String body) {
		FullHttpResponse response = error.upgradeAnswer();
		assertThat(response.status().code()).isEqualTo(status);
		assertThat(response.content().toString(StandardCharsets.UTF_8)).isEqualTo(body);
		assertThat(response.headers().get("Connection")).isEqualTo("close");
		assertThat(response.headers().get("Content-Type")).isEqualTo("text/html");
		assertThat(response.headers().getInt("Content-Length")).isEqualTo(response.content().readableBytes());
	}

	static Stream<Arguments> upgradeIsAnsweredWithText() {
		return Stream.of(Arguments.of(EngineError.SESSION_UNKNOWN, 400, "Session ID unknown"),
				Arguments.of(EngineError.FORBIDDEN, 400, "Forbidden"),
				Arguments.of(EngineError.forbidden("nö"), 400, "nö"),
				Arguments.of(EngineError.FOREIGN_ORIGIN, 403, "Origin not allowed"),
				Arguments.of(EngineError.unavailable("Draining"), 503, "Draining"));
	}

	@Test
	void messageIsEscaped() {
		String message = "\"quoted\" \\ \u0000\u001f\n\u2028 é €😀 lone \ud800";
		FullHttpResponse response = EngineError.forbidden(message).answer();
		JsonNode json = JsonMapper.shared().readTree(response.content().toString(StandardCharsets.UTF_8));
		assertThat(json.size()).isEqualTo(2);
		assertThat(json.get("message").stringValue()).isEqualTo(message.replace('\ud800', '?'));
	}

}
