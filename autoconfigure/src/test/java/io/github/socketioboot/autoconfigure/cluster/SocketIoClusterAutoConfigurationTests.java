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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.cluster.ClusterNode;
import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.netty.ConnectionSink;
import io.github.socketioboot.engine.netty.ConnectionSource;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class SocketIoClusterAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoClusterAutoConfiguration.class))
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate");

	private final Worker worker = Mockito.mock(Worker.class);

	@Test
	void singleProcessHasNoWorker() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(Worker.class)
			.doesNotHaveBean(ClusterNode.class)
			.doesNotHaveBean(WorkerDuties.class)
			.doesNotHaveBean(WorkerWebServerCustomizer.class)
			.hasSingleBean(AdapterFactory.class));
	}

	@Test
	void severalInstancesInATestAreOneProcess() {
		this.runner.withPropertyValues("socketio.cluster.instances=max")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Worker.class));
	}

	@Test
	void valueThatCannotBeWorkedWithStopsTheStart() {
		this.runner.withPropertyValues("socketio.cluster.heartbeat-timeout=1s")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("socketio.cluster.heartbeat-timeout"));
	}

	@Test
	void workerServesConnectionsOfItsPrimary() {
		worker().run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(ClusterNode.class);
			assertThat(context.getBean(AdapterFactory.class)).isSameAs(context.getBean(ClusterNode.class));
			assertThat(context.getBean(EngineSocketIOServer.class).port()).isEqualTo(9999);
			Mockito.verify(this.worker).listen(context.getBean(WorkerDuties.class));
			Mockito.verify(this.worker).reports(Mockito.any());
		});
	}

	@Test
	void workerIsReadyWithThePortsOfItsWebServers() {
		worker().withPropertyValues("local.server.port=1234", "local.management.port=1235").run((context) -> {
			Mockito.verify(this.worker, Mockito.never()).ready(Mockito.anyInt(), Mockito.anyInt());
			publishReady(context.getSourceApplicationContext());
			Mockito.verify(this.worker).ready(1234, 1235);
		});
	}

	@Test
	void workerWithPortsOfItsOwnTellsNone() {
		worker().withPropertyValues("local.server.port=1234", "socketio.cluster.local.share-http-ports=false")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(WorkerWebServerCustomizer.class);
				publishReady(context.getSourceApplicationContext());
				Mockito.verify(this.worker).ready(0, 0);
			});
	}

	@Test
	void webServerOfAWorkerListensOnAPrivatePort() {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(8080);
		worker().run((context) -> {
			context.getBean(WorkerWebServerCustomizer.class).customize(factory);
			assertThat(factory.getPort()).isZero();
			assertThat(factory.getAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
		});
	}

	@Test
	void webServerThatIsOffStaysOff() {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(-1);
		worker().withPropertyValues("server.port=-1").run((context) -> {
			context.getBean(WorkerWebServerCustomizer.class).customize(factory);
			assertThat(factory.getPort()).isEqualTo(-1);
		});
	}

	@Test
	void workerNeedsNoWebServer() {
		worker().withClassLoader(new FilteredClassLoader(ConfigurableWebServerFactory.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketIoWorkerWebServerCustomizer"));
	}

	@Test
	void ownAdaptersReplaceThoseOfTheCluster() {
		worker().withBean("own", AdapterFactory.class, () -> AdapterFactory.IN_MEMORY)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ClusterNode.class));
	}

	@Test
	void workerWithoutPrimaryIsReported(@TempDir Path folder) {
		WorkerIdentity identity = new WorkerIdentity(folder, "secret", "host", 3, 4, "abcd");
		this.runner.withInitializer((context) -> setVariables(context, identity)).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new PrimaryUnreachableFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains("Worker 3").contains(folder.toString());
			assertThat(analysis.getAction()).contains("SOCKETIO_CLUSTER_WORKER_");
		});
	}

	private ApplicationContextRunner worker() {
		Mockito.when(this.worker.identity()).thenReturn(Hosts.IDENTITY);
		Mockito.when(this.worker.connections()).thenReturn(new NoConnections());
		ClusterTransport transport = Mockito.mock(ClusterTransport.class);
		Mockito.when(transport.memberId()).thenReturn("1@host");
		Mockito.when(this.worker.transport()).thenReturn(transport);
		return this.runner.withBean(Worker.class, () -> this.worker)
			.withInitializer((context) -> setVariables(context, Hosts.IDENTITY));
	}

	private static void setVariables(ConfigurableApplicationContext context, WorkerIdentity identity) {
		Map<String, Object> variables = new HashMap<>(identity.environment());
		context.getEnvironment()
			.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
	}

	private static void publishReady(ConfigurableApplicationContext context) {
		ApplicationReadyEvent event = Mockito.mock(ApplicationReadyEvent.class);
		Mockito.when(event.getApplicationContext()).thenReturn(context);
		context.getBean(WorkerReadiness.class).onApplicationEvent(event);
	}

	/**
	 * A source from which none come.
	 */
	private static final class NoConnections implements ConnectionSource {

		@Override
		public CompletionStage<InetSocketAddress> open(ConnectionSink connections) {
			return CompletableFuture.completedFuture(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9999));
		}

		@Override
		public CompletionStage<@Nullable Void> close() {
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public boolean isElsewhere(@Nullable String sid) {
			return false;
		}

		@Override
		public boolean sharesSessions() {
			return false;
		}

		@Override
		public boolean isRepeatedElsewhere() {
			return false;
		}

		@Override
		public void handOn(Channel channel, ByteBuf bytes) {
			bytes.release();
			channel.close();
		}

	}

}
