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

package io.github.socketioboot.autoconfigure.endpoint;

import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.SocketIoServerDrain;
import io.github.socketioboot.cluster.ClusterMember;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the server's endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SocketIoAutoConfiguration.class)
@ConditionalOnClass({ EngineSocketIOServer.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean({ EngineSocketIOServer.class, SocketIoAutoConfiguration.class })
@ConditionalOnAvailableEndpoint(SocketIoEndpoint.class)
public final class SocketIoEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SocketIoEndpoint socketIoEndpoint(EngineSocketIOServer server, SocketIoServerDrain drain,
			ObjectProvider<Worker> worker, ObjectProvider<ClusterMember> member) {
		return new SocketIoEndpoint(server, drain, worker.getIfAvailable(), member.getIfAvailable());
	}

}
