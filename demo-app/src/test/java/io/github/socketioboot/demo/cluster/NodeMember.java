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

import java.time.Duration;

import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.interop.NodeProgram;

/**
 * A server of Node.js in a cluster over Redis; see {@code redis-member.js}.
 */
final class NodeMember implements AutoCloseable {

	private final NodeProgram program;

	private final String url;

	private NodeMember(NodeProgram program) {
		this.program = program;
		this.url = program.requireLine().path("url").asString();
	}

	/**
	 * Start a server and wait until it serves.
	 * @param redis the Redis of its cluster
	 * @param name name of the server
	 * @param requestsTimeout how long its requests may take
	 */
	static NodeMember start(RedisServer redis, String name, Duration requestsTimeout) {
		return new NodeMember(NodeProgram.start("redis-member.js", Integer.toString(redis.port()), name,
				Long.toString(requestsTimeout.toMillis())));
	}

	String url() {
		return this.url;
	}

	@Override
	public void close() {
		this.program.close();
	}

}
