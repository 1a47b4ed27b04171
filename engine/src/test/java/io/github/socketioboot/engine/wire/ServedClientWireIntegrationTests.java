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

import io.github.socketioboot.engine.netty.EngineServer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
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

	/**
	 * Without Node.js the build leaves the files out; in CI that is a failure.
	 */
	@BeforeAll
	static void clientIsBuilt() {
		boolean built = EngineServer.class.getResource("client/version") != null;
		Assumptions.assumeTrue(built || System.getenv("CI") != null);
	}

	@ParameterizedTest
	@CsvSource({ "socket.io.js,application/javascript", "socket.io.min.js,application/javascript",
			"socket.io.esm.min.js,application/javascript", "socket.io.msgpack.min.js,application/javascript",
			"socket.io.js.map,application/json", "socket.io.min.js.map,application/json",
			"socket.io.esm.min.js.map,application/json", "socket.io.msgpack.min.js.map,application/json" })
	void file(String name, String type) throws Exception {
		RawHttp http = this.server.startEngine().http();
		RawHttp.Answer answer = http.get("/socket.io/" + name);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo(type + "; charset=utf-8");
		assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=0");
		assertThat(answer.header("ETag")).matches("\"[0-9.]+\"");
		assertThat(answer.body()).hasSizeGreaterThan(10_000);
		RawHttp.Answer cached = http.get("/socket.io/" + name, "If-None-Match: " + answer.header("ETag"));
		assertThat(cached.status()).isEqualTo(304);
	}

	@Test
	void otherNamesAreNoFiles() throws Exception {
		assertThat(this.server.startEngine().http().get("/socket.io/socket.io.other.js").summary())
			.isEqualTo("400 {\"code\":0,\"message\":\"Transport unknown\"}");
	}

}
