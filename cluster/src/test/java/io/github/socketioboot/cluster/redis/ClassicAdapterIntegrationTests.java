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

import io.github.socketioboot.cluster.TestMember;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Tests for {@link ClassicAdapter} over a real Redis.
 */
@ParameterizedClass
@ValueSource(booleans = { false, true })
class ClassicAdapterIntegrationTests extends RedisAdapterContractTests {

	@Parameter
	private boolean specificResponses;

	@Override
	TestMember member(int index, int count, String key, LettuceConnectionFactory connections) {
		RedisConfig config = new RedisConfig(key, this.specificResponses);
		return new RedisMember(new RedisNode(connections, config, CONFIG), () -> true);
	}

}
