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

package io.github.socketioboot.demo.cluster;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.interop.NodeProgram;
import io.github.socketioboot.load.HostsApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One cluster over Redis: two servers of this project, two of Node.js, and Node's
 * emitter. The first server sends a trace along with all events, which Node.js ignores.
 */
class NodeClusterIntegrationTests {

	private static final int SERVERS = 2;

	private static RedisServer redis;

	private static List<ClusterProcess> servers = List.of();

	@BeforeAll
	static void start() throws Exception {
		NodeProgram.assumeAvailable();
		redis = RedisServer.start();
		servers = IntStream.range(0, SERVERS)
			.mapToObj((i) -> ClusterProcess.application(HostsApplication.class)
				.with("--socketio.cluster.adapter=redis", "--spring.data.redis.port=" + redis.port(),
						"--test.server-name=server" + i, "--test.traced=" + (i == 0))
				.start())
			.toList();
		servers.forEach(ClusterProcess::awaitUp);
	}

	@AfterAll
	static void stop() throws Exception {
		servers.forEach(ClusterProcess::close);
		if (redis != null) {
			redis.close();
		}
	}

	@TestFactory
	Stream<DynamicTest> everyOperationWorksFromEachSideToEachSide() {
		return checks(redis, servers.stream().map(ClusterProcess::url));
	}

	/**
	 * Try every operation.
	 * @param redis the Redis of the cluster
	 * @param urls where servers of this project are, the first of which is called
	 * {@code server0}
	 */
	static Stream<DynamicTest> checks(RedisServer redis, Stream<String> urls) {
		return checks(Integer.toString(redis.port()), urls);
	}

	/**
	 * Try every operation.
	 * @param redis what the program is told of Redis
	 * @param urls where servers of this project are
	 */
	static Stream<DynamicTest> checks(String redis, Stream<String> urls) {
		Stream.Builder<DynamicTest> tests = Stream.builder();
		String[] args = Stream.concat(Stream.of(redis), urls).toArray(String[]::new);
		try (NodeProgram program = NodeProgram.start("redis-cluster.js", args)) {
			int checks = 0;
			JsonNode line = program.requireLine();
			while (!line.has("done")) {
				JsonNode result = line;
				tests.add(DynamicTest.dynamicTest(result.path("check").asString(),
						() -> assertThat(result.path("ok").asBoolean()).as("%s", result.path("why").asString())
							.isTrue()));
				checks++;
				line = program.requireLine();
			}
			assertThat(checks).isEqualTo(line.path("done").asInt()).isPositive();
		}
		return tests.build();
	}

}
