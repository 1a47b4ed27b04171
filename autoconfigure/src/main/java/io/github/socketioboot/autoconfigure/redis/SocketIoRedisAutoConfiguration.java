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

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.InvalidPropertyException;
import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.autoconfigure.cluster.SocketIoClusterAutoConfiguration;
import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.ClusterObserver;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.cluster.redis.RedisConfig;
import io.github.socketioboot.cluster.redis.RedisNode;
import io.github.socketioboot.cluster.redis.RedisProtocol;
import io.github.socketioboot.cluster.redis.SubscriptionMode;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of a cluster over Redis, with the
 * connection that Spring Boot makes from {@code spring.data.redis}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = { SocketIoClusterAutoConfiguration.class, SocketIoAutoConfiguration.class },
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass({ SocketIOServer.class, EngineSocketIOServer.class, RedisNode.class, RedisConnectionFactory.class })
@ConditionalOnBooleanProperty(name = "socketio.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "socketio.cluster.adapter", havingValue = "redis")
@EnableConfigurationProperties(SocketIoProperties.class)
public final class SocketIoRedisAutoConfiguration {

	@Bean(destroyMethod = "")
	@DependsOn("socketIoClusterSettings")
	@ConditionalOnMissingBean(AdapterFactory.class)
	RedisNode socketIoRedisNode(ObjectProvider<RedisConnectionFactory> connections, ObjectProvider<Worker> workers,
			ObjectProvider<ClusterObserver> observer, SocketIoProperties properties) {
		Worker worker = workers.getIfAvailable();
		SocketIoProperties.Cluster cluster = properties.cluster();
		RedisConnectionFactory factory = connections.getIfAvailable(SocketIoRedisAutoConfiguration::noConnections);
		RedisConfig config = config(cluster.redis());
		if (!RedisNode.isSupported(factory, config)) {
			throw new InvalidPropertyException("socketio.cluster.redis.protocol", "sharded",
					"needs Lettuce, and the connections to Redis are made by " + factory.getClass().getSimpleName(),
					"Remove 'spring.data.redis.client-type' and have io.lettuce:lettuce-core on the class path, or set 'socketio.cluster.redis.protocol' to classic.");
		}
		return new RedisNode(
				factory, config, new ClusterConfig(cluster.requestsTimeout(), cluster.heartbeatInterval(),
						cluster.heartbeatTimeout(), observer.getIfAvailable()),
				(worker != null) ? worker.transport() : null);
	}

	@Bean
	@ConditionalOnBean(RedisNode.class)
	@ConditionalOnBooleanProperty("socketio.cluster.redis.fail-fast")
	RedisStartCheck socketIoRedisStartCheck(RedisConnectionFactory connections, SocketIoProperties properties) {
		return new RedisStartCheck(connections, config(properties.cluster().redis()));
	}

	static RedisConfig config(SocketIoProperties.Cluster.Redis redis) {
		return new RedisConfig(RedisProtocol.valueOf(redis.protocol().name()), redis.key(),
				redis.publishOnSpecificResponseChannel(), SubscriptionMode.valueOf(redis.subscriptionMode().name()));
	}

	static RedisConnectionFactory noConnections() {
		throw new InvalidPropertyException("socketio.cluster.adapter", "redis",
				"needs a connection to Redis, and the application has no RedisConnectionFactory",
				"Add spring-boot-starter-data-redis and set 'spring.data.redis.host', or set 'socketio.cluster.adapter' to auto, local or none.");
	}

}
