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

package io.github.socketioboot.cluster.redis;

import java.util.function.BooleanSupplier;

import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.TestMember;
import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterNamespace;

import static org.awaitility.Awaitility.await;

/**
 * A member of a cluster over Redis.
 *
 * @param node its node
 * @param settled whether it has found its place
 */
record RedisMember(RedisNode node, BooleanSupplier settled) implements TestMember {

	@Override
	public Adapter create(AdapterNamespace namespace) {
		return this.node.create(namespace);
	}

	@Override
	public void open() {
		this.node.open();
		await().atMost(RedisAdapterContractTests.LIMIT)
			.until(() -> this.node.isConnected() && this.settled.getAsBoolean());
	}

	@Override
	public ClusterStatistics statistics() {
		return this.node.statistics();
	}

	@Override
	public void close() {
		this.node.close().toCompletableFuture().join();
	}

}
