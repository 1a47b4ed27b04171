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

import java.util.List;

import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.TestMember;
import io.github.socketioboot.cluster.primary.RelayCluster;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Tests for {@link ClassicAdapter} on two hosts of two workers each.
 */
@ParameterizedClass
@ValueSource(ints = { 1, 2 })
class HostAdapterIntegrationTests extends RedisAdapterContractTests {

	/**
	 * The member that is on the host of the first one.
	 */
	@Parameter
	private int neighbour;

	private RelayCluster first;

	private RelayCluster second;

	@Override
	TestMember member(int index, int count, String key, LettuceConnectionFactory connections) {
		if (index == 0) {
			this.first = new RelayCluster(2, "aaaaaaaa");
			this.second = new RelayCluster(count - 2, "bbbbbbbb");
		}
		ClusterTransport transport = transport(index);
		RedisNode node = new RedisNode(connections, new RedisConfig(key, false), CONFIG, transport);
		int readings = transport.memberId().startsWith("1@") ? 1 : 0;
		return new RedisMember(node, () -> node.readings() == readings);
	}

	private ClusterTransport transport(int index) {
		if (index == 0 || index == this.neighbour) {
			return this.first.transport(Math.min(index, 1));
		}
		return this.second.transport((index < this.neighbour) ? index - 1 : index - 2);
	}

	@Override
	protected void disconnect() {
		super.disconnect();
		List.of(this.first, this.second).forEach(RelayCluster::close);
	}

}
