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
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One cluster over Redis with the sharded protocol: two servers of this project, two of
 * Node.js.
 */
@ParameterizedClass
@ValueSource(strings = { "dynamic", "static" })
class NodeShardedClusterIntegrationTests {

	private static final int SERVERS = 2;

	private static RedisServer redis;

	@Parameter
	private String subscriptionMode;

	@BeforeAll
	static void start() {
		NodeProgram.assumeAvailable();
		redis = RedisServer.startOwn();
		redis.assumeShards();
	}

	@AfterAll
	static void stop() {
		if (redis != null) {
			redis.close();
		}
	}

	@TestFactory
	Stream<DynamicTest> everyOperationWorksFromEachSideToEachSide() {
		List<ClusterProcess> servers = IntStream.range(0, SERVERS)
			.mapToObj((i) -> ClusterProcess.application(HostsApplication.class)
				.with("--socketio.cluster.adapter=redis", "--socketio.cluster.redis.protocol=sharded",
						"--socketio.cluster.redis.subscription-mode=" + this.subscriptionMode,
						"--spring.data.redis.port=" + redis.port(), "--test.server-name=server" + i)
				.start())
			.toList();
		try {
			servers.forEach(ClusterProcess::awaitUp);
			return NodeClusterIntegrationTests.checks(redis.port() + "/" + this.subscriptionMode,
					servers.stream().map(ClusterProcess::url));
		}
		finally {
			servers.forEach(ClusterProcess::close);
		}
	}

}
