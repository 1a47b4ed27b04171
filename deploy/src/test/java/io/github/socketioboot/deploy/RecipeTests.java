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

package io.github.socketioboot.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.socketioboot.engine.netty.LimitsConfig;
import io.github.socketioboot.engine.session.SessionConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers in the recipes fit the defaults of the nodes.
 */
class RecipeTests {

	private static final List<String> FOLDERS = List.of("nginx", "haproxy", "httpd");

	@ParameterizedTest
	@CsvSource(textBlock = """
			nginx,   address.conf,        proxy_read_timeout (\\d+)s
			nginx,   cookie.conf,         proxy_read_timeout (\\d+)s
			nginx,   websocket-only.conf, proxy_read_timeout (\\d+)s
			nginx,   workers.conf,        proxy_read_timeout (\\d+)s
			haproxy, own-cookie.cfg,      timeout (?:server|client|tunnel) (\\d+)s
			haproxy, engineio-cookie.cfg, timeout (?:server|client|tunnel) (\\d+)s
			httpd,   socketio.conf,       [tT]imeout[= ](\\d+)
			""")
	void clientsThatOnlyListenAreNotCutOff(String folder, String file, String pattern) {
		long heartbeat = SessionConfig.DEFAULT.pingInterval().plus(SessionConfig.DEFAULT.pingTimeout()).toSeconds();
		// The time to connect to a node is another one
		String text = Recipe.read(folder, file).toString().replace("connectiontimeout=2", "");
		assertThat(numbers(text, pattern)).isNotEmpty().allMatch((timeout) -> timeout > heartbeat);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			nginx, address.conf,  keepalive_timeout (\\d+)s, 1
			nginx, cookie.conf,   keepalive_timeout (\\d+)s, 4
			nginx, workers.conf,  keepalive_timeout (\\d+)s, 1
			httpd, socketio.conf, ttl=(\\d+),                6
			""")
	void idleConnectionsEndBeforeNodesCloseThem(String folder, String file, String pattern, int count) {
		long idle = LimitsConfig.DEFAULT.idleTimeout().toSeconds();
		assertThat(numbers(Recipe.read(folder, file).toString(), pattern)).hasSize(count)
			.allMatch((timeout) -> timeout < idle);
	}

	@Test
	void bodiesMayBeAsLargeAsNodesAllow() {
		assertThat(SessionConfig.DEFAULT.maxPayload()).isLessThanOrEqualTo(1024 * 1024);
		for (String file : List.of("address.conf", "cookie.conf", "workers.conf")) {
			assertThat(Recipe.read("nginx", file).toString()).contains("client_max_body_size 1m;");
		}
	}

	@ParameterizedTest
	@MethodSource("files")
	void thePageOfTheFolderAndTheIndexTellOfEachRecipe(Path recipe) throws IOException {
		String name = recipe.getFileName().toString();
		assertThat(recipe.resolveSibling("README.md")).content().contains("(" + name + ")");
		assertThat(Path.of("README.md")).content().contains(recipe.getParent().getFileName() + "/README.md");
	}

	static Stream<Path> files() throws IOException {
		Stream.Builder<Path> files = Stream.builder();
		for (String folder : FOLDERS) {
			try (Stream<Path> all = Files.list(Path.of(folder))) {
				all.filter((file) -> !file.endsWith("README.md")).forEach(files);
			}
		}
		return files.build();
	}

	private static List<Long> numbers(String text, String pattern) {
		return Pattern.compile(pattern)
			.matcher(text)
			.results()
			.map((MatchResult result) -> Long.valueOf(result.group(1)))
			.toList();
	}

}
