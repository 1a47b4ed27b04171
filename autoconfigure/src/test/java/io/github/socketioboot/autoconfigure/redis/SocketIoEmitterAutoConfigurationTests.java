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

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.autoconfigure.cluster.SocketIoClusterAutoConfiguration;
import io.github.socketioboot.autoconfigure.handler.SocketIoHandlerAutoConfiguration;
import io.github.socketioboot.cluster.redis.SocketIoEmitter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SocketIoEmitterAutoConfiguration}. The tests of the demo use a real
 * Redis.
 */
@ExtendWith(OutputCaptureExtension.class)
class SocketIoEmitterAutoConfigurationTests {

	private final RedisConnection connection = Mockito.mock(RedisConnection.class);

	private final RedisConnectionFactory connections = Mockito.mock(RedisConnectionFactory.class,
			(invocation) -> this.connection);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class,
				SocketIoClusterAutoConfiguration.class, SocketIoHandlerAutoConfiguration.class,
				SocketIoRedisAutoConfiguration.class, SocketIoEmitterAutoConfiguration.class))
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate");

	@Test
	void applicationWithoutServerEmits() {
		withRedis().withPropertyValues("socketio.enabled=false").run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(SocketIoEmitter.class)
				.doesNotHaveBean(SocketIOServer.class)
				.doesNotHaveBean(SocketIoOperations.class);
			context.getBean(SocketIoEmitter.class).to("room").emit("e", 1);
			Mockito.verify(this.connection).publish(Mockito.eq(utf8("socket.io#/#room#")), Mockito.any());
			Mockito.verify(this.connection).close();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "auto", "none" })
	void emitterIsThereBesideAServerOfAnyAdapter(String adapter) {
		withRedis().withPropertyValues("socketio.cluster.adapter=" + adapter)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SocketIoEmitter.class)
				.hasSingleBean(SocketIOServer.class));
	}

	@Test
	void nothingIsConnectedUntilSomethingIsEmitted() {
		withRedis().withPropertyValues("socketio.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SocketIoEmitter.class));
		Mockito.verifyNoInteractions(this.connections);
	}

	@Test
	void keyIsThatOfTheCluster() {
		withRedis().withPropertyValues("socketio.enabled=false", "socketio.cluster.redis.key=shop").run((context) -> {
			context.getBean(SocketIoEmitter.class).serverSideEmit("e");
			Mockito.verify(this.connection).publish(Mockito.eq(utf8("shop-request#/#")), Mockito.any());
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void emptyKeyStopsTheStart(boolean server) {
		withRedis().withPropertyValues("socketio.enabled=" + server, "socketio.cluster.redis.key= ")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("socketio.cluster.redis.key"));
	}

	@Test
	void payloadsAreWrittenByTheApplicationsMapper() {
		record Point(int wholeNumber) {
		}
		withRedis().withPropertyValues("socketio.enabled=false")
			.withBean(JsonMapper.class,
					() -> JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build())
			.run((context) -> {
				context.getBean(SocketIoEmitter.class).emit("e", new Point(1));
				ArgumentCaptor<byte[]> message = ArgumentCaptor.captor();
				Mockito.verify(this.connection).publish(Mockito.any(), message.capture());
				assertThat(new String(message.getValue(), StandardCharsets.ISO_8859_1)).contains("whole_number");
			});
	}

	@Test
	void ownEmitterReplacesIt() {
		SocketIoEmitter own = Mockito.mock(SocketIoEmitter.class);
		withRedis().withBean(SocketIoEmitter.class, () -> own)
			.run((context) -> assertThat(context).getBean(SocketIoEmitter.class).isSameAs(own));
	}

	@Test
	void thereIsNoneWithoutConnection() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketIoEmitter.class));
	}

	@Test
	void thereIsNoneWithoutSpringDataRedis() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketIoEmitter.class));
	}

	@Test
	void thereIsNoneWithSeveralConnections() {
		withRedis().withBean("other", RedisConnectionFactory.class, () -> Mockito.mock(RedisConnectionFactory.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketIoEmitter.class));
	}

	@Test
	void serversOfTheShardedProtocolCannotBeReached(CapturedOutput output) {
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> run(Redis.class, "--socketio.cluster.redis.protocol=sharded"));
		assertThat(output).contains("'socketio.cluster.redis.protocol' is sharded").contains("SocketIoOperations");
	}

	@Test
	void missingConnectionIsReported(CapturedOutput output) {
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> run(Sender.class));
		assertThat(output).contains("there is no connection to Redis").contains("spring-boot-starter-data-redis");
	}

	private static void run(Class<?> more, String... args) {
		SpringApplication application = new SpringApplication(Sender.class, more);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(args).close();
	}

	private ApplicationContextRunner withRedis() {
		return this.runner.withBean(RedisConnectionFactory.class, () -> this.connections);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Needs an emitter.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SocketIoEmitterAutoConfiguration.class)
	static class Sender {

		@Bean
		Function<String, String> sender(SocketIoEmitter emitter) {
			return Object::toString;
		}

	}

	/**
	 * Has a connection.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Redis {

		@Bean
		RedisConnectionFactory connections() {
			return Mockito.mock(RedisConnectionFactory.class);
		}

	}

}
