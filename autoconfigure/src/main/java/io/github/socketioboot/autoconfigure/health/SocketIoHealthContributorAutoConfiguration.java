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

package io.github.socketioboot.autoconfigure.health;

import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.cluster.ClusterMember;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the server's health, which is
 * part of the readiness group unless the application configures that group's members.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SocketIoAutoConfiguration.class,
		afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnClass({ EngineSocketIOServer.class, HealthIndicator.class })
@ConditionalOnBean({ EngineSocketIOServer.class, SocketIoAutoConfiguration.class })
@ConditionalOnEnabledHealthIndicator("socketio")
public final class SocketIoHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "socketioHealthIndicator", "socketioHealthContributor" })
	SocketIoHealthIndicator socketioHealthIndicator(EngineSocketIOServer server, ObjectProvider<Worker> worker,
			ObjectProvider<ClusterMember> member, AdapterFactory adapters) {
		return new SocketIoHealthIndicator(server, worker.getIfAvailable(), member.getIfAvailable(), adapters);
	}

	/**
	 * Membership of the readiness group.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthEndpointGroups.class, SecurityContext.class })
	@Conditional(OnDefaultReadinessGroup.class)
	static class ReadinessGroupConfiguration {

		@Bean
		static ReadinessMembership socketIoReadinessMembership() {
			return new ReadinessMembership("socketio");
		}

	}

}
