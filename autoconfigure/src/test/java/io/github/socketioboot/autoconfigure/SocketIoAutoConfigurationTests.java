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

import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.handler.SocketIoHandlerAutoConfiguration;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.adapter.InMemoryAdapter;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.bridge.EngineSocketIOServerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.BDDMockito;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.task.TaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SocketIoAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class,
				SocketIoHandlerAutoConfiguration.class, SslAutoConfiguration.class))
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate");

	@Test
	void serverIsStartedAndOperationsAreThere() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(SocketIOServer.class)
				.hasSingleBean(SocketIoOperations.class)
				.hasSingleBean(AdapterFactory.class)
				.doesNotHaveBean(Executor.class);
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			assertThat(server.isReady()).isTrue();
			assertThat(context.getEnvironment().getProperty("local.socketio.port", Integer.class))
				.isEqualTo(server.port())
				.isPositive();
		});
	}

	@Test
	void contextStopsItsServer() {
		EngineSocketIOServer[] server = new EngineSocketIOServer[1];
		this.runner.run((context) -> server[0] = context.getBean(EngineSocketIOServer.class));
		assertThat(server[0].isReady()).isFalse();
		assertThat(server[0].port()).isEqualTo(-1);
	}

	@Test
	void serverIsLeftOutWhenDisabled() {
		this.runner.withPropertyValues("socketio.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SocketIOServer.class)
				.doesNotHaveBean(SocketIoOperations.class)
				.doesNotHaveBean(SocketIoServerLifecycle.class));
	}

	@Test
	void serverIsLeftOutWithoutItsClasses() {
		this.runner.withClassLoader(new FilteredClassLoader(SocketIOServer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("socketIoServer")
				.doesNotHaveBean("socketIoOperations"));
	}

	@Test
	void ownServerReplacesTheConfiguredOne() {
		this.runner.withBean("own", EngineSocketIOServer.class, SocketIoAutoConfigurationTests::ownServer)
			.run((context) -> {
				assertThat(context).hasSingleBean(SocketIOServer.class).hasSingleBean(SocketIoOperations.class);
				EngineSocketIOServer server = context.getBean("own", EngineSocketIOServer.class);
				assertThat(server.isReady()).isTrue();
				assertThat(context.getEnvironment().getProperty("local.socketio.port", Integer.class))
					.isEqualTo(server.port());
			});
	}

	@Test
	void ownServerBesideAHookThatItDoesNotAskStopsTheStart() {
		this.runner.withBean("own", EngineSocketIOServer.class, SocketIoAutoConfigurationTests::ownServer)
			.withBean("gate", SocketIoAuthenticator.class, () -> (namespace, auth, handshake) -> null)
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = new UnusedHookFailureAnalyzer().analyze(context.getStartupFailure());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains("'gate'").contains("SocketIoAuthenticator");
				assertThat(analysis.getAction()).contains("SocketIoServerCustomizer");
			});
	}

	@Test
	void ownServerOfStockIsStartedAndStopped() {
		this.runner.withBean("own", SocketIOServer.class, RecordingStockServer::new).run((context) -> {
			assertThat(context).hasSingleBean(SocketIOServer.class).doesNotHaveBean(SocketIoOperations.class);
			RecordingStockServer server = context.getBean(RecordingStockServer.class);
			assertThat(server.calls).containsExactly("start");
			context.close();
			assertThat(server.calls).containsExactly("start", "stop");
		});
	}

	@Test
	void ownOperationsAndAdaptersReplaceTheConfiguredOnes() {
		SocketIoOperations[] own = new SocketIoOperations[1];
		List<String> adapters = new ArrayList<>();
		AdapterFactory factory = (namespace) -> {
			adapters.add(namespace.name());
			return new InMemoryAdapter(namespace);
		};
		this.runner.withBean(AdapterFactory.class, () -> factory)
			.withBean("ownOperations", SocketIoOperations.class,
					() -> own[0] = BDDMockito.mock(SocketIoOperations.class))
			.withPropertyValues("socketio.namespaces=/,/admin")
			.run((context) -> {
				assertThat(context.getBean(SocketIoOperations.class)).isSameAs(own[0]);
				assertThat(context.getBean(AdapterFactory.class)).isSameAs(factory);
				assertThat(adapters).containsExactlyInAnyOrder("/", "/admin");
			});
	}

	@Test
	void customizersAreAppliedInOrder() {
		List<String> calls = new ArrayList<>();
		this.runner
			.withBean("second", SocketIoServerCustomizer.class,
					() -> new OrderedCustomizer(2, () -> calls.add("second")))
			.withBean("first", SocketIoServerCustomizer.class, () -> new OrderedCustomizer(1, () -> calls.add("first")))
			.run((context) -> assertThat(calls).containsExactly("first", "second"));
	}

	@Test
	void mapperOfTheApplicationIsUsed() {
		this.runner.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(JsonMapper.class));
	}

	@Test
	void handlerExecutorIsNoCandidateForBootsOwn() {
		this.runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.withBean(SocketIoAutoConfiguration.HANDLER_EXECUTOR_BEAN_NAME, Executor.class, () -> Runnable::run,
					(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
			.run((context) -> {
				assertThat(context).hasBean("applicationTaskExecutor")
					.hasBean(SocketIoAutoConfiguration.HANDLER_EXECUTOR_BEAN_NAME);
				assertThat(context.getBean(TaskExecutor.class)).isSameAs(context.getBean("applicationTaskExecutor"));
			});
	}

	@Test
	void namespacesAreCreatedAndOthersAreRefused() {
		this.runner.withPropertyValues("socketio.namespaces=chat,/admin").run((context) -> {
			SocketIoOperations operations = context.getBean(SocketIoOperations.class);
			assertThat(operations.of("/chat")).isNotNull();
			assertThat(operations.of("admin")).isNotNull();
			assertThatIllegalArgumentException().isThrownBy(() -> operations.of("/other"))
				.withMessageContaining("'/other'")
				.withMessageContaining("socketio.namespaces");
		});
	}

	@Test
	void badValueStopsTheStartWithItsAnalysis() {
		this.runner.withPropertyValues("socketio.ping-interval=-1s").run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidPropertyFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains("'socketio.ping-interval'").contains("'-1s'");
		});
	}

	@Test
	void unknownSslBundleStopsTheStartWithItsAnalysis() {
		this.runner.withPropertyValues("socketio.ssl.bundle=web").run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidPropertyFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains("'socketio.ssl.bundle'").contains("'web'");
			assertThat(analysis.getAction()).contains("spring.ssl.bundle.pem.web");
		});
	}

	@Test
	void portInUseStopsTheStartWithItsAnalysis() throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			this.runner.withPropertyValues("socketio.port=" + taken.getLocalPort(), "socketio.host=").run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = new SocketIoPortFailureAnalyzer().analyze(context.getStartupFailure());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains("'socketio.port'")
					.contains(String.valueOf(taken.getLocalPort()))
					.contains("already in use");
				assertThat(analysis.getAction()).contains("'socketio.port'");
			});
		}
	}

	@Test
	void foreignAddressStopsTheStartWithItsAnalysis() {
		this.runner.withPropertyValues("socketio.host=192.0.2.1").run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new SocketIoPortFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains("'socketio.host'").contains("192.0.2.1");
		});
	}

	@Test
	void eventsTellStartDrainAndStop() {
		List<Object> events = new ArrayList<>();
		this.runner.withPropertyValues("server.shutdown=graceful")
			.withInitializer((context) -> context.addApplicationListener((event) -> {
				if (event instanceof SocketIoServerEvent) {
					events.add(event);
				}
				if (event instanceof AvailabilityChangeEvent<?> change) {
					events.add(change.getState());
				}
			}))
			.run((context) -> {
				assertThat(events).singleElement().isInstanceOf(SocketIoServerStartedEvent.class);
				assertThat(((SocketIoServerStartedEvent) events.get(0)).getPort())
					.isEqualTo(context.getBean(EngineSocketIOServer.class).port());
			});
		assertThat(events).extracting(Object::getClass)
			.containsExactly(SocketIoServerStartedEvent.class, ReadinessState.class, SocketIoServerDrainingEvent.class,
					SocketIoServerStoppedEvent.class);
		assertThat(events.get(1)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
	}

	@Test
	void serverStartsAgainAfterAStopOfTheContext() {
		this.runner.run((context) -> {
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			ConfigurableApplicationContext lifecycle = context.getSourceApplicationContext();
			lifecycle.stop();
			assertThat(server.isReady()).isFalse();
			lifecycle.start();
			assertThat(server.isReady()).isTrue();
		});
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void drainThatItsPhaseWouldEndIsTold(CapturedOutput output) {
		this.runner
			.withPropertyValues("server.shutdown=graceful", "socketio.drain.timeout=50s",
					"spring.lifecycle.timeout-per-shutdown-phase=40s")
			.run((context) -> assertThat(output).contains("'socketio.drain.timeout'")
				.contains("'spring.lifecycle.timeout-per-shutdown-phase'"));
	}

	@Test
	void handlersRunOnVirtualThreadsWhenBootHasThem() {
		boolean virtual = Runtime.version().feature() >= 21;
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			assertThat(context.containsBean(SocketIoAutoConfiguration.HANDLER_EXECUTOR_BEAN_NAME)).isEqualTo(virtual);
			CompletableFuture<String> handler = new CompletableFuture<>();
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			server.addConnectListener((client) -> handler.complete(Thread.currentThread().toString()));
			try (TestClient client = TestClient.connect(server.port())) {
				assertThat(handler.orTimeout(30, TimeUnit.SECONDS).join()).contains("socketio-handler-")
					.startsWith(virtual ? "VirtualThread[" : "Thread[");
				assertThat(client.socket().connected()).isTrue();
			}
		});
	}

	@Test
	void lazyInitializationStartsTheServer() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context.getBean(EngineSocketIOServer.class).isReady()).isTrue());
	}

	private static EngineSocketIOServer ownServer() {
		Configuration configuration = new Configuration();
		configuration.setHostname("127.0.0.1");
		configuration.setPort(0);
		return new EngineSocketIOServer(configuration);
	}

	private record OrderedCustomizer(int order, Runnable call) implements SocketIoServerCustomizer, Ordered {

		@Override
		public int getOrder() {
			return this.order;
		}

		@Override
		public void customize(EngineSocketIOServerBuilder builder) {
			this.call.run();
		}

	}

	private static final class RecordingStockServer extends SocketIOServer {

		private final List<String> calls = new ArrayList<>();

		RecordingStockServer() {
			super(new Configuration());
		}

		@Override
		public void start() {
			this.calls.add("start");
		}

		@Override
		public void stop() {
			this.calls.add("stop");
		}

	}

}
