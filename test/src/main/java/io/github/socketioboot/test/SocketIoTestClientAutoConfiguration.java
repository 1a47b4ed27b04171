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

package io.github.socketioboot.test;

import io.github.socketioboot.test.client.SocketIoTestClient;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of clients for tests.
 *
 * @since 0.1.0
 */
@AutoConfiguration
public final class SocketIoTestClientAutoConfiguration {

	@Bean
	SocketIoTestClients socketIoTestClients(ApplicationContext context) {
		return new SocketIoTestClients(context);
	}

	@Bean(destroyMethod = "")
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	SocketIoTestClient socketIoTestClient(SocketIoTestClients clients) {
		return clients.create();
	}

}
