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

package io.github.socketioboot.autoconfigure.logging;

import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.autoconfigure.SocketIoServerCustomizer;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.slf4j.MDC;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of what handlers' log lines are
 * marked with.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SocketIoAutoConfiguration.class)
@ConditionalOnClass({ EngineSocketIOServer.class, MDC.class })
@ConditionalOnBean({ EngineSocketIOServer.class, SocketIoAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "socketio.mdc.enabled", matchIfMissing = true)
public final class SocketIoLoggingAutoConfiguration {

	// Outside of other contexts, so that what these log is marked too
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SocketIoServerCustomizer socketIoMdcCustomizer(SocketIoProperties properties, ObjectProvider<Worker> worker) {
		Worker self = worker.getIfAvailable();
		String instance = (self != null) ? Integer.toString(self.identity().index()) : null;
		MdcContext context = new MdcContext(instance, properties.mdc().includeUser());
		return (builder) -> builder.handlerContext(context);
	}

}
