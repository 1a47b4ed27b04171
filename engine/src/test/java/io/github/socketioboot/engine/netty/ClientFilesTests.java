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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import io.netty.buffer.ByteBufInputStream;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientFiles}.
 */
class ClientFilesTests {

	private static final String SCRIPT = "var io = 'socket'; ".repeat(100);

	private final Map<String, String> resources = new HashMap<>();

	private final List<String> opened = new ArrayList<>();

	private ClientFiles files = new ClientFiles(this::open);

	@BeforeEach
	void addFiles() {
		this.resources.put("version", "4.8.4\n");
		for (String name : List.of("socket.io", "socket.io.min", "socket.io.esm.min", "socket.io.msgpack.min")) {
			this.resources.put(name + ".js", SCRIPT);
			this.resources.put(name + ".js.map", "{}");
		}
		this.files = new ClientFiles(this::open);
		this.opened.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io.js", "/socket.io.min.js", "/socket.io.esm.min.js", "/socket.io.msgpack.min.js",
			"/socket.io.js?v=1" })
	void servesScripts(String path) {
		FullHttpResponse response = get(path, Map.of());
		assertThat(response).isNotNull();
		assertThat(response.status().code()).isEqualTo(200);
		assertThat(response.content().toString(StandardCharsets.UTF_8)).isEqualTo(SCRIPT);
		assertThat(response.headers().get("Content-Type")).isEqualTo("application/javascript; charset=utf-8");
		assertThat(response.headers().get("Cache-Control")).isEqualTo("public, max-age=0");
		assertThat(response.headers().get("ETag")).isEqualTo("\"4.8.4\"");
		assertThat(response.headers().getInt("Content-Length")).isEqualTo(SCRIPT.length());
		assertThat(response.headers().contains("Content-Encoding")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io.js.map", "/socket.io.min.js.map", "/socket.io.esm.min.js.map",
			"/socket.io.msgpack.min.js.map" })
	void servesMaps(String path) {
		FullHttpResponse response = get(path, Map.of());
		assertThat(response).isNotNull();
		assertThat(response.content().toString(StandardCharsets.UTF_8)).isEqualTo("{}");
		assertThat(response.headers().get("Content-Type")).startsWith("application/json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/version", "/other.js", "/socket.io.esm.js", "/../version", "/%2e%2e/version",
			"/socket.io.js/", "//socket.io.js", "socket.io.js", "/client/socket.io.js", "/socket.io.js%00",
			"/socket.io.js.map.map", "/?socket.io.js", "/SOCKET.IO.js" })
	void servesNothingElse(String path) {
		assertThat(get(path, Map.of())).isNull();
		assertThat(this.opened).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "OPTIONS", "PUT", "DELETE", "TRACE" })
	void servesGetAndHeadOnly(String method) {
		assertThat(answer(HttpMethod.valueOf(method), "/socket.io.js", Map.of())).isNull();
	}

	@Test
	void headIsAnsweredWithTheLengthOnly() {
		FullHttpResponse response = answer(HttpMethod.HEAD, "/socket.io.js", Map.of());
		assertThat(response).isNotNull();
		assertThat(response.status().code()).isEqualTo(200);
		assertThat(response.content().isReadable()).isFalse();
		assertThat(response.headers().getInt("Content-Length")).isEqualTo(SCRIPT.length());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "\"4.8.4\"|304", "W/\"4.8.4\"|304", "\"1\", \"4.8.4\"|304", "*|304",
			"\"4.8.3\"|200", "4.8.4|200", "''|200", ",,|200" })
	void answersNotModifiedToWhoHasTheFile(String tags, int status) {
		FullHttpResponse response = get("/socket.io.js", Map.of("If-None-Match", tags));
		assertThat(response).isNotNull();
		assertThat(response.status().code()).isEqualTo(status);
		assertThat(response.headers().get("ETag")).isEqualTo("\"4.8.4\"");
		assertThat(response.content().isReadable()).isEqualTo(status == 200);
	}

	@Test
	void compressesForWhoAcceptsIt() throws IOException {
		FullHttpResponse response = get("/socket.io.js", Map.of("Accept-Encoding", "br, gzip"));
		assertThat(response).isNotNull();
		assertThat(response.headers().get("Content-Encoding")).isEqualTo("gzip");
		assertThat(response.headers().get("Vary")).isEqualTo("Accept-Encoding");
		assertThat(response.content().readableBytes()).isLessThan(SCRIPT.length() / 2)
			.isEqualTo(response.headers().getInt("Content-Length"));
		try (InputStream input = new GZIPInputStream(new ByteBufInputStream(response.content()))) {
			assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(SCRIPT);
		}
	}

	@Test
	void doesNotCompressForWhoRefusesIt() {
		FullHttpResponse response = get("/socket.io.js", Map.of("Accept-Encoding", "gzip;q=0, deflate"));
		assertThat(response).isNotNull();
		assertThat(response.headers().contains("Content-Encoding")).isFalse();
	}

	@Test
	void readsAFileOnce() {
		for (int i = 0; i < 3; i++) {
			get("/socket.io.js", Map.of());
			get("/socket.io.js", Map.of("Accept-Encoding", "gzip"));
		}
		assertThat(this.opened).containsExactly("socket.io.js");
	}

	@Test
	void looksForAMissingFileOnce() {
		this.resources.remove("socket.io.msgpack.min.js");
		for (int i = 0; i < 3; i++) {
			assertThat(get("/socket.io.msgpack.min.js", Map.of())).isNull();
		}
		assertThat(this.opened).containsExactly("socket.io.msgpack.min.js");
		assertThat(get("/socket.io.js", Map.of())).isNotNull();
	}

	@Test
	void servesNothingIfTheBuildHasNoClient() {
		this.resources.clear();
		this.files = new ClientFiles(this::open);
		assertThat(this.files.isPresent()).isFalse();
		assertThat(get("/socket.io.js", Map.of())).isNull();
	}

	@Test
	void servesTheFilesOfTheBuildIfItHasThem() {
		this.files = new ClientFiles();
		FullHttpResponse response = get("/socket.io.js", Map.of());
		assertThat(response != null).isEqualTo(this.files.isPresent());
	}

	private @Nullable FullHttpResponse get(String path, Map<String, String> headers) {
		return answer(HttpMethod.GET, path, headers);
	}

	private @Nullable FullHttpResponse answer(HttpMethod method, String path, Map<String, String> headers) {
		HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, "/socket.io" + path);
		headers.forEach((name, value) -> request.headers().set(name, value));
		return this.files.answer(request, path);
	}

	private @Nullable InputStream open(String name) {
		this.opened.add(name);
		String content = this.resources.get(name);
		return (content != null) ? new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)) : null;
	}

}
