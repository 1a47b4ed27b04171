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

package io.github.socketioboot.autoconfigure.cluster;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.autoconfigure.SocketIoServerCustomizer;
import io.github.socketioboot.autoconfigure.SocketIoServerDrain;
import io.github.socketioboot.cluster.ClusterMember;
import io.github.socketioboot.cluster.ClusterNode;
import io.github.socketioboot.cluster.ClusterObserver;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of a worker: the link to the primary
 * that has started this process, the connections and messages that come over it, and what
 * the primary asks for.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = SocketIoAutoConfiguration.class)
@ConditionalOnClass({ SocketIOServer.class, EngineSocketIOServer.class, Worker.class })
@ConditionalOnBooleanProperty(name = "socketio.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SocketIoProperties.class)
public final class SocketIoClusterAutoConfiguration {

	/**
	 * How long a worker waits for its primary, which is on the same host.
	 */
	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

	@Bean
	ClusterSettings socketIoClusterSettings(SocketIoProperties properties) {
		return ClusterSettings.of(properties, Runtime.getRuntime().availableProcessors());
	}

	@Bean
	ClusterMembership socketIoClusterMembership(ObjectProvider<ClusterMember> member) {
		return new ClusterMembership(member.getIfAvailable());
	}

	@Bean
	BalancerAdvice socketIoBalancerAdvice(SocketIoProperties properties, ConfigurableEnvironment environment) {
		return new BalancerAdvice(properties, WorkerVariables.identity(environment) != null);
	}

	@Bean
	DevtoolsNotice socketIoDevtoolsNotice(ConfigurableEnvironment environment) {
		return new DevtoolsNotice(environment);
	}

	/**
	 * A process that a primary has started.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnWorker.class)
	static class WorkerConfiguration {

		@Bean(destroyMethod = "close")
		@ConditionalOnMissingBean
		Worker socketIoWorker(ConfigurableEnvironment environment, ClusterSettings settings) {
			WorkerIdentity identity = WorkerVariables.identity(environment);
			Assert.state(identity != null, "'identity' must not be null");
			try {
				return Worker.connect(identity, settings.workerPort(), LinkConfig.DEFAULT)
					.toCompletableFuture()
					.orTimeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
					.join();
			}
			catch (CompletionException ex) {
				throw new PrimaryUnreachableException(
						"Worker %d (number %d) could not reach its primary by way of '%s'.".formatted(identity.index(),
								identity.number(), identity.linkSocket()),
						ex);
			}
		}

		@Bean
		@ConditionalOnMissingBean(AdapterFactory.class)
		ClusterNode socketIoClusterNode(Worker worker, ClusterSettings settings,
				ObjectProvider<ClusterObserver> observer) {
			return new ClusterNode(worker.transport(), settings.cluster().withObserver(observer.getIfAvailable()));
		}

		@Bean
		SocketIoServerCustomizer socketIoWorkerConnections(Worker worker) {
			return (server) -> server.connections(worker.connections()).sidPrefix(worker.identity().sidPrefix());
		}

		@Bean
		WorkerDuties socketIoWorkerDuties(Worker worker, ObjectProvider<EngineSocketIOServer> server,
				ObjectProvider<SocketIoServerDrain> drain, ObjectProvider<HostListener> listeners,
				ApplicationContext context) {
			WorkerDuties duties = new WorkerDuties(server, drain, listeners.orderedStream().toList(), context,
					System::exit);
			worker.listen(duties);
			return duties;
		}

		@Bean
		WorkerReadiness socketIoWorkerReadiness(Worker worker, WorkerDuties duties,
				ObjectProvider<EngineSocketIOServer> server, SocketIoProperties properties,
				ApplicationContext context) {
			server.ifAvailable((engineServer) -> worker.reports(new WorkerReports(engineServer)));
			return new WorkerReadiness(worker, duties, properties.cluster().local().shareHttpPorts(), context);
		}

	}

	/**
	 * The web server of a worker.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnWorker.class)
	@ConditionalOnClass(ConfigurableWebServerFactory.class)
	@ConditionalOnBooleanProperty(name = "socketio.cluster.local.share-http-ports", matchIfMissing = true)
	static class WebServerConfiguration {

		@Bean
		WorkerWebServerCustomizer socketIoWorkerWebServerCustomizer(Environment environment) {
			return new WorkerWebServerCustomizer(environment, "server.port");
		}

	}

}
