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

package io.github.socketioboot.autoconfigure.redis;

import io.github.socketioboot.autoconfigure.PropertyChecks;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.cluster.redis.SocketIoEmitter;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of an emitter for a cluster over
 * Redis, with or without a server: {@code socketio.enabled} does not matter. Servers that
 * use the sharded protocol cannot be reached, and there is no emitter then.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass({ SocketIoEmitter.class, RedisConnectionFactory.class })
@ConditionalOnProperty(name = "socketio.cluster.redis.protocol", havingValue = "classic", matchIfMissing = true)
@EnableConfigurationProperties(SocketIoProperties.class)
public final class SocketIoEmitterAutoConfiguration {

	@Bean
	@ConditionalOnSingleCandidate(RedisConnectionFactory.class)
	@ConditionalOnMissingBean
	SocketIoEmitter socketIoEmitter(RedisConnectionFactory connections, SocketIoProperties properties,
			ObjectProvider<JsonMapper> mapper) {
		return new SocketIoEmitter(connections,
				PropertyChecks.notBlank("socketio.cluster.redis.key", properties.cluster().redis().key(), "socket.io"),
				new SocketPacketEncoder(mapper.getIfAvailable(JsonMapper::shared),
						PropertyChecks.atLeast("socketio.max-attachments", properties.maxAttachments(), 0)));
	}

}
