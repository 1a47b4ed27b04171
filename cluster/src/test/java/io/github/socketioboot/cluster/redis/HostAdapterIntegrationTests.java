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
 * Tests for {@link ClassicAdapter} on two hosts, one of which has two workers.
 */
@ParameterizedClass
@ValueSource(ints = { 0, 2 })
class HostAdapterIntegrationTests extends RedisAdapterContractTests {

	/**
	 * The member that is the only worker of its host.
	 */
	@Parameter
	private int alone;

	private RelayCluster together;

	private RelayCluster single;

	@Override
	TestMember member(int index, int count, String key, LettuceConnectionFactory connections) {
		if (index == 0) {
			this.together = new RelayCluster(count - 1, "aaaaaaaa");
			this.single = new RelayCluster(1, "bbbbbbbb");
		}
		ClusterTransport transport = (index == this.alone) ? this.single.transport(0)
				: this.together.transport((index < this.alone) ? index : index - 1);
		RedisNode node = new RedisNode(connections, new RedisConfig(key, false), CONFIG, transport);
		int readings = transport.memberId().startsWith("1@") ? 1 : 0;
		return new RedisMember(node, () -> node.readings() == readings);
	}

	@Override
	protected void disconnect() {
		super.disconnect();
		List.of(this.together, this.single).forEach(RelayCluster::close);
	}

}
