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

import java.util.stream.Stream;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.interop.NodeProgram;
import io.github.socketioboot.load.HostsApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One cluster over Redis: a host of this project with two workers, two servers of
 * Node.js, and Node's emitter.
 */
class NodeAndWorkersIntegrationTests {

	private static final int WORKERS = 2;

	private static RedisServer redis;

	private static ClusterProcess host;

	private static int workerPort;

	@BeforeAll
	static void start() {
		NodeProgram.assumeAvailable();
		redis = RedisServer.start();
		workerPort = FreePort.find(WORKERS);
		host = ClusterProcess.application(HostsApplication.class)
			.instances(Integer.toString(WORKERS))
			.with("--socketio.cluster.adapter=redis", "--spring.data.redis.port=" + redis.port(),
					"--socketio.cluster.local.worker-port=" + workerPort,
					"--test.server-name=server${socketio.cluster.instance:0}")
			.start()
			.awaitReady(WORKERS);
	}

	@AfterAll
	static void stop() {
		if (host != null) {
			host.close();
		}
		if (redis != null) {
			redis.close();
		}
	}

	@TestFactory
	Stream<DynamicTest> everyOperationWorksFromEachWorkerAndToEach() {
		return NodeClusterIntegrationTests.checks(redis,
				Stream.of(workerPort, workerPort + 1).map((port) -> "http://localhost:" + port));
	}

}
