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
import java.util.concurrent.Executor;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.bridge.EngineSocketIOServerBuilder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of a Socket.IO server: the server
 * itself, its start, drain and stop, and operations for the application.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass({ SocketIOServer.class, EngineSocketIOServer.class })
@ConditionalOnBooleanProperty(name = "socketio.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SocketIoProperties.class)
public final class SocketIoAutoConfiguration {

	/**
	 * Name of the bean that runs handlers, an {@link Executor}.
	 */
	public static final String HANDLER_EXECUTOR_BEAN_NAME = "socketIoHandlerExecutor";

	private static final String SERVER_BEAN_NAME = "socketIoServer";

	@Bean
	EngineSettings socketIoEngineSettings(SocketIoProperties properties, ObjectProvider<SslBundles> sslBundles) {
		return EngineSettings.of(properties, sslBundles.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	AdapterFactory socketIoAdapterFactory() {
		return AdapterFactory.IN_MEMORY;
	}

	// No candidate where an Executor is asked for, so that Boot's own stays the
	// application's
	@Bean(name = HANDLER_EXECUTOR_BEAN_NAME, defaultCandidate = false)
	@ConditionalOnThreading(Threading.VIRTUAL)
	@ConditionalOnMissingBean(name = HANDLER_EXECUTOR_BEAN_NAME)
	VirtualThreadTaskExecutor socketIoHandlerExecutor() {
		return new VirtualThreadTaskExecutor("socketio-handler-");
	}

	@Bean(name = SERVER_BEAN_NAME, destroyMethod = "close")
	@ConditionalOnMissingBean(SocketIOServer.class)
	EngineSocketIOServer socketIoServer(EngineSettings settings, AdapterFactory adapters,
			ObjectProvider<JsonMapper> mapper, @Qualifier(HANDLER_EXECUTOR_BEAN_NAME) ObjectProvider<Executor> handlers,
			ObjectProvider<SocketIoHandshakeInterceptor> interceptors,
			ObjectProvider<SocketIoAuthenticator> authenticators,
			ObjectProvider<SocketIoExceptionHandler> exceptionHandler,
			ObjectProvider<SocketIoServerCustomizer> customizers) {
		EngineSocketIOServerBuilder builder = EngineSocketIOServer.builder()
			.server(settings.server())
			.namespaces(settings.namespace())
			.adapters(adapters)
			.drain(settings.drainTimeout(), settings.drainSpread());
		mapper.ifAvailable(builder::mapper);
		handlers.ifAvailable(builder::handlers);
		exceptionHandler.ifAvailable((handler) -> builder.exceptionListener(new ExceptionHandlerListener(handler)));
		List<SocketIoHandshakeInterceptor> interceptorList = interceptors.orderedStream().toList();
		if (!interceptorList.isEmpty()) {
			builder.handshakeInterceptor(new HandshakeInterceptors(interceptorList));
		}
		List<SocketIoAuthenticator> authenticatorList = authenticators.orderedStream().toList();
		if (!authenticatorList.isEmpty()) {
			AuthenticatorListener listener = new AuthenticatorListener(authenticatorList);
			builder.namespaceCustomizer((namespace) -> namespace.addAuthTokenListener(listener));
		}
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		EngineSocketIOServer server = builder.build();
		settings.namespaces().forEach(server::addNamespace);
		return server;
	}

	@Bean
	UnusedHookGuard socketIoUnusedHookGuard(ListableBeanFactory beanFactory) {
		return new UnusedHookGuard(beanFactory, SERVER_BEAN_NAME);
	}

	@Bean
	@ConditionalOnBean(EngineSocketIOServer.class)
	@ConditionalOnMissingBean
	SocketIoOperations socketIoOperations(EngineSocketIOServer server) {
		return EngineOperations.of(server.engine());
	}

	@Bean
	@ConditionalOnBean(value = SocketIOServer.class, search = SearchStrategy.CURRENT)
	SocketIoServerLifecycle socketIoServerLifecycle(SocketIOServer server, EngineSettings settings,
			ApplicationContext context) {
		return new SocketIoServerLifecycle(server, settings.server(), context);
	}

	@Bean
	@ConditionalOnBean(value = SocketIOServer.class, search = SearchStrategy.CURRENT)
	SocketIoServerDrain socketIoServerDrain(SocketIOServer server, EngineSettings settings,
			ApplicationContext context) {
		return new SocketIoServerDrain(server, settings, context);
	}

	@Bean
	@ConditionalOnBean(value = SocketIOServer.class, search = SearchStrategy.CURRENT)
	SocketIoDrainLifecycle socketIoDrainLifecycle(SocketIOServer server, SocketIoServerDrain drain,
			EngineSettings settings, ApplicationContext context) {
		return new SocketIoDrainLifecycle(server, drain, settings, context);
	}

}
