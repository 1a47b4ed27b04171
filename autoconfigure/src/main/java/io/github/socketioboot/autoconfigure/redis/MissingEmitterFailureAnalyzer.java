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

import io.github.socketioboot.cluster.redis.SocketIoEmitter;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Tells why there is no emitter. Goes before Boot's own, which would have the application
 * define one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MissingEmitterFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final Environment environment;

	MissingEmitterFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		if (cause.getBeanType() != SocketIoEmitter.class) {
			return null;
		}
		String protocol = this.environment.getProperty("socketio.cluster.redis.protocol", "classic");
		if (!protocol.equalsIgnoreCase("classic")) {
			return new FailureAnalysis(
					"A bean of type SocketIoEmitter is required, and 'socketio.cluster.redis.protocol' is %s: emitters reach servers of the classic protocol only."
						.formatted(protocol),
					"Let all servers use the classic protocol, which is createAdapter in Node.js, and set "
							+ "'socketio.cluster.redis.protocol' to classic; or emit from a server, by "
							+ "SocketIoOperations.",
					cause);
		}
		return new FailureAnalysis("A bean of type SocketIoEmitter is required, and there is no connection to Redis.",
				"Add spring-boot-starter-data-redis and set 'spring.data.redis.host'. If there are several beans of "
						+ "type RedisConnectionFactory, make one of them the primary one.",
				cause);
	}

}
