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

package io.github.socketioboot.benchmarks.peer;

import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.ClusterMember;
import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.redis.RedisConfig;
import io.github.socketioboot.cluster.redis.RedisNode;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The program of a process that is a single server, in a cluster over Redis, without
 * Spring Boot.
 */
public final class RedisServerProcess {

	private RedisServerProcess() {
	}

	/**
	 * Serves until the process ends.
	 * @param args port of Redis
	 * @throws InterruptedException never
	 */
	public static void main(String[] args) throws InterruptedException {
		ClusterMember node = member(Integer.parseInt(args[0]), null);
		EngineSocketIOServer server = EngineSocketIOServer.builder()
			.server(BroadcastingServer.config())
			.adapters(node)
			.build();
		node.open().toCompletableFuture().join();
		BroadcastingServer.listen(server);
		server.start();
		System.out.println("ready " + server.port());
		System.out.flush();
		// All threads of a server are daemons
		Thread.currentThread().join();
	}

	static ClusterMember member(int port, @Nullable ClusterTransport transport) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", port);
		connections.afterPropertiesSet();
		connections.start();
		return new RedisNode(connections, RedisConfig.DEFAULT, ClusterConfig.DEFAULT, transport);
	}

}
