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

package io.github.socketioboot.engine.wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of the browser client.
 */
@Timeout(120)
class ServedClientWireIntegrationTests {

	@RegisterExtension
	private final WireServer server = new WireServer();

	@ParameterizedTest
	@CsvSource({ "/socket.io/socket.io.js,application/javascript; charset=utf-8",
			"/socket.io/socket.io.min.js,application/javascript; charset=utf-8" })
	void file(String path, String type) throws Exception {
		RawHttp http = this.server.startEngine().http();
		RawHttp.Answer answer = http.get(path);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo(type);
		assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=0");
		assertThat(answer.header("ETag")).isNotNull();
		assertThat(answer.text()).contains("Socket.IO");
		RawHttp.Answer cached = http.get(path, "If-None-Match: " + answer.header("ETag"));
		assertThat(cached.status()).isEqualTo(304);
	}

	@Test
	void otherNamesAreNoFiles() throws Exception {
		assertThat(this.server.startEngine().http().get("/socket.io/socket.io.other.js").summary())
			.isEqualTo("400 {\"code\":0,\"message\":\"Transport unknown\"}");
	}

}
