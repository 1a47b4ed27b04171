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

package io.github.socketioboot.autoconfigure;

import java.util.List;

import com.corundumstudio.socketio.SocketIOServer;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Stops the start if a bean that would keep clients out is not asked: beside a server of
 * the application's own it would look as if it were.
 */
final class UnusedHookGuard implements SmartInitializingSingleton {

	private static final List<Class<?>> HOOKS = List.of(SocketIoAuthenticator.class,
			SocketIoHandshakeInterceptor.class);

	private final ListableBeanFactory beanFactory;

	private final String configuredServer;

	/**
	 * Create a guard.
	 * @param beanFactory the beans
	 * @param configuredServer name of the server that asks all hooks
	 */
	UnusedHookGuard(ListableBeanFactory beanFactory, String configuredServer) {
		this.beanFactory = beanFactory;
		this.configuredServer = configuredServer;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (List.of(this.beanFactory.getBeanNamesForType(SocketIOServer.class)).contains(this.configuredServer)) {
			return;
		}
		for (Class<?> hook : HOOKS) {
			for (String beanName : this.beanFactory.getBeanNamesForType(hook)) {
				throw new UnusedHookException(beanName, hook);
			}
		}
	}

}
