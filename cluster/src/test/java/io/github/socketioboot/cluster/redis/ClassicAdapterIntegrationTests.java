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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.CountedAdapterContractTests;
import io.github.socketioboot.cluster.TestMember;
import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ClassicAdapter} over a real Redis.
 */
@ParameterizedClass
@ValueSource(booleans = { false, true })
class ClassicAdapterIntegrationTests extends CountedAdapterContractTests {

	/**
	 * For what takes long only on a machine that is very busy.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static RedisServer redis;

	private static int clusters;

	@Parameter
	private boolean specificResponses;

	private final List<Member> members = new ArrayList<>();

	private LettuceConnectionFactory connections;

	@BeforeAll
	static void start() {
		redis = RedisServer.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@Override
	protected List<? extends TestMember> members(int count) {
		this.connections = new LettuceConnectionFactory(redis.host(), redis.port());
		this.connections.afterPropertiesSet();
		this.connections.start();
		RedisConfig config = new RedisConfig("test" + ++clusters + "-" + System.nanoTime(), this.specificResponses);
		for (int i = 0; i < count; i++) {
			this.members.add(new Member(new RedisNode(this.connections, config, CONFIG)));
		}
		return this.members;
	}

	@Override
	protected void kill(int index) {
		this.members.get(index).close();
	}

	@Override
	protected void disconnect() {
		this.members.forEach(Member::close);
		this.connections.destroy();
	}

	/**
	 * A member.
	 *
	 * @param node its node
	 */
	private record Member(RedisNode node) implements TestMember {

		@Override
		public Adapter create(AdapterNamespace namespace) {
			return this.node.create(namespace);
		}

		@Override
		public void open() {
			this.node.open();
			await().atMost(LIMIT).until(this.node::isConnected);
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

}
