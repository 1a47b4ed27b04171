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

package io.github.socketioboot.autoconfigure.admin;

import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.autoconfigure.SocketIoServerCustomizer;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of what the official Socket.IO Admin
 * UI connects to. Needs a server that is made by {@link SocketIoAutoConfiguration} to
 * show sockets.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SocketIoAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass(EngineSocketIOServer.class)
@ConditionalOnBean({ EngineSocketIOServer.class, SocketIoAutoConfiguration.class })
@ConditionalOnBooleanProperty("socketio.admin.enabled")
public final class SocketIoAdminAutoConfiguration {

	private static final String BCRYPT = "org.springframework.security.crypto.bcrypt.BCrypt";

	@Bean
	AdminSettings socketIoAdminSettings(SocketIoProperties properties, ResourceLoader resources) {
		return AdminSettings.of(properties, ClassUtils.isPresent(BCRYPT, resources.getClassLoader()));
	}

	@Bean
	AdminUi socketIoAdminUi(EngineSocketIOServer server, AdminSettings settings, ObjectProvider<AdminSessions> sessions,
			ObjectProvider<AdminEvents> events, ObjectProvider<Worker> worker) {
		AdminSessions known = sessions
			.getIfAvailable(() -> new MemoryAdminSessions(settings.sessionLifetime(), System::nanoTime));
		return new AdminUi(server, settings, known, events.getIfAvailable(),
				worker.stream().map((started) -> started.identity().index()).findFirst().orElse(null));
	}

	/**
	 * Logins are known to all servers of a cluster over Redis.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisConnectionFactory.class)
	@ConditionalOnProperty(name = "socketio.cluster.adapter", havingValue = "redis")
	@ConditionalOnBean(RedisConnectionFactory.class)
	static class RedisConfiguration {

		@Bean
		RedisAdminSessions socketIoAdminSessions(RedisConnectionFactory connections, AdminSettings settings) {
			return new RedisAdminSessions(connections, settings.sessionLifetime());
		}

	}

	/**
	 * Every event is told.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "socketio.admin.mode", havingValue = "development")
	static class DevelopmentConfiguration {

		@Bean
		AdminEvents socketIoAdminEvents(SocketIoProperties properties) {
			return new AdminEvents(properties.maxAttachments());
		}

		@Bean
		SocketIoServerCustomizer socketIoAdminObserver(AdminEvents events) {
			return (server) -> server.socketObserver(events);
		}

	}

}
