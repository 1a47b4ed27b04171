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

package io.github.socketioboot.autoconfigure.handler.docs;

import java.util.Map;

import io.github.socketioboot.autoconfigure.TestClient;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code of {@code docs/handlers.md} does what the page says.
 */
@SpringBootTest(classes = HandlersPageIntegrationTests.Application.class,
		webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "socketio.port=0", "socketio.host=127.0.0.1" })
@DirtiesContext
@Timeout(120)
class HandlersPageIntegrationTests {

	@Value("${local.socketio.port}")
	int port;

	@Test
	void clientsAreAnsweredAsThePageSays() throws Exception {
		JSONObject pen = new JSONObject().put("article", "pen").put("quantity", 3);
		JSONObject none = new JSONObject().put("article", "pen").put("quantity", 0);
		try (TestClient client = TestClient.connect(this.port, "/shop", Map.of())) {
			assertThat(client.ask("quantity", "pen", 3)).containsExactly(3);
			assertThat(client.ask("basket", new JSONArray().put(pen))).containsExactly(1);
			assertThat(client.ask("upload", "a.png", new byte[] { 1, 2 })).containsExactly("stored", 2);
			assertThat(client.ask("order", order(pen))).containsExactly("ordered");
			assertError(client.ask("order", order(none)).get(0), 0, "lines[0].quantity", "must be greater than 0");
			assertError(client.ask("lines", "ann", new JSONArray().put(pen).put(none)).get(0), 1, "[1].quantity",
					"must be greater than 0");
			assertError(client.ask("change", new JSONObject()).get(0), 0, "number", "must not be null");
			assertThat(client.ask("price", "pen")).containsExactly(9);
			assertThat(client.ask("stock", "pen")).containsExactly(7);
			assertThat(client.ask("find", "pen")).hasToString("[null]");
			assertThat(client.ask("pay", -1)).containsExactly("refused");
			assertThat(client.ask("pay", 1)).first().hasToString("{\"error\":{\"message\":\"Try again later\"}}");
			assertThat(client.ask("sing", 1, 2).get(0).toString()).contains("\"unknown\":\"sing\"")
				.contains("\"payloads\":2");
		}
	}

	private static JSONObject order(JSONObject line) throws Exception {
		return new JSONObject().put("customer", "ann").put("lines", new JSONArray().put(line));
	}

	private static void assertError(Object answer, int argument, String field, String message) throws Exception {
		JSONObject error = ((JSONObject) answer).getJSONObject("error");
		assertThat(error.getString("message")).isEqualTo("Invalid payload");
		JSONObject first = error.getJSONArray("errors").getJSONObject(0);
		assertThat(first.getInt("argument")).isEqualTo(argument);
		assertThat(first.getString("field")).isEqualTo(field);
		assertThat(first.getString("message")).isEqualTo(message);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ ShopHandler.class, ShopAdvice.class, OtherEvents.class })
	static class Application {

	}

}
