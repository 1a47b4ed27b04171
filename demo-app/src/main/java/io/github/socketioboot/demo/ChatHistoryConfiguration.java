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

package io.github.socketioboot.demo;

import io.github.socketioboot.autoconfigure.SocketIoOperations;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Chooses where what was said is kept: with all servers of a cluster over Redis, in
 * Redis; else in the memory of the workers.
 */
@Configuration(proxyBeanMethods = false)
class ChatHistoryConfiguration {

	@Bean
	@ConditionalOnProperty(name = "socketio.cluster.adapter", havingValue = "redis")
	RedisChatHistory redisChatHistory(StringRedisTemplate redis, ChatRooms rooms, JsonMapper mapper,
			ChatProperties properties) {
		return new RedisChatHistory(redis, rooms, mapper, properties.historyTimeToLive());
	}

	@Bean
	@ConditionalOnMissingBean(ChatHistory.class)
	MemoryChatHistory memoryChatHistory(SocketIoOperations operations, ChatRooms rooms, JsonMapper mapper) {
		return new MemoryChatHistory(operations, rooms, mapper);
	}

}
