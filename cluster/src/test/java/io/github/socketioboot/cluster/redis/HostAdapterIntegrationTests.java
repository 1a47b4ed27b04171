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
import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.CountedAdapterContractTests;
import io.github.socketioboot.cluster.TestMember;
import io.github.socketioboot.cluster.primary.RelayCluster;
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
 * Tests for {@link ClassicAdapter} on two hosts, one of which has two workers.
 */
@ParameterizedClass
@ValueSource(ints = { 0, 2 })
class HostAdapterIntegrationTests extends CountedAdapterContractTests {

	/**
	 * For what takes long only on a machine that is very busy.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static RedisServer redis;

	private static int clusters;

	/**
	 * The member that is the only worker of its host.
	 */
	@Parameter
	private int alone;

	private final List<RelayCluster> hosts = new ArrayList<>();

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
		RedisConfig config = new RedisConfig("hosts" + ++clusters + "-" + System.nanoTime(), false);
		this.hosts.add(new RelayCluster(count - 1, "aaaaaaaa"));
		this.hosts.add(new RelayCluster(1, "bbbbbbbb"));
		int together = 0;
		for (int i = 0; i < count; i++) {
			ClusterTransport transport = (i == this.alone) ? this.hosts.get(1).transport(0)
					: this.hosts.get(0).transport(together++);
			RedisNode node = new RedisNode(this.connections, config, CONFIG, transport);
			this.members.add(new Member(node, transport.memberId().startsWith("1@")));
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
		this.hosts.forEach(RelayCluster::close);
		this.connections.destroy();
	}

	/**
	 * A member.
	 *
	 * @param node its node
	 * @param reader whether it is the oldest worker of its host
	 */
	private record Member(RedisNode node, boolean reader) implements TestMember {

		@Override
		public Adapter create(AdapterNamespace namespace) {
			return this.node.create(namespace);
		}

		@Override
		public void open() {
			this.node.open();
			await().atMost(LIMIT).until(this.node::isConnected);
			await().atMost(LIMIT).until(() -> this.node.readings() == (this.reader ? 1 : 0));
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
