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

import io.github.socketioboot.cluster.CountedAdapterContractTests;
import io.github.socketioboot.cluster.TestMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * What adapters have to do over a real Redis.
 */
abstract class RedisAdapterContractTests extends CountedAdapterContractTests {

	/**
	 * For what takes long only on a machine that is very busy.
	 */
	static final Duration LIMIT = Duration.ofSeconds(60);

	private static RedisServer redis;

	private static int clusters;

	private final List<TestMember> members = new ArrayList<>();

	private LettuceConnectionFactory connections;

	@BeforeAll
	static void start() {
		redis = RedisServer.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	static RedisServer redis() {
		return redis;
	}

	/**
	 * Create a member.
	 * @param index its index
	 * @param count the number of members
	 * @param key what the cluster has for itself
	 * @param connections makes connections to Redis
	 * @return a member that is not open
	 */
	abstract TestMember member(int index, int count, String key, LettuceConnectionFactory connections);

	@Override
	protected final List<? extends TestMember> members(int count) {
		this.connections = new LettuceConnectionFactory(redis.host(), redis.port());
		this.connections.afterPropertiesSet();
		this.connections.start();
		String key = "test" + ++clusters + "-" + System.nanoTime();
		for (int i = 0; i < count; i++) {
			this.members.add(member(i, count, key, this.connections));
		}
		return this.members;
	}

	@Override
	protected final void kill(int index) {
		this.members.get(index).close();
	}

	@Override
	protected void disconnect() {
		this.members.forEach(TestMember::close);
		this.connections.destroy();
	}

}
