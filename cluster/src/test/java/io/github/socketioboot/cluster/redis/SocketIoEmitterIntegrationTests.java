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

package io.github.socketioboot.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SocketIoEmitter} and {@link RedisAvailability} with a real Redis.
 */
class SocketIoEmitterIntegrationTests {

	/**
	 * For what takes long only on a machine that is very busy.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int EVENTS = 1000;

	private final String key = "test-" + UUID.randomUUID();

	private final RedisServer redis = RedisServer.startOwn();

	private final List<DisposableBean> connections = new CopyOnWriteArrayList<>();

	private final List<String> channels = new CopyOnWriteArrayList<>();

	private final List<byte[]> messages = new CopyOnWriteArrayList<>();

	private final RedisClient listener = RedisClient.create("redis://127.0.0.1:" + this.redis.port());

	@BeforeEach
	void listen() {
		StatefulRedisPubSubConnection<byte[], byte[]> subscriber = this.listener.connectPubSub(ByteArrayCodec.INSTANCE);
		subscriber.addListener(new RedisPubSubAdapter<byte[], byte[]>() {

			@Override
			public void message(byte[] pattern, byte[] channel, byte[] message) {
				SocketIoEmitterIntegrationTests.this.messages.add(message);
				SocketIoEmitterIntegrationTests.this.channels.add(text(channel));
			}

		});
		subscriber.sync().psubscribe(ClassicFixture.utf8(this.key + "*"));
	}

	@AfterEach
	void close() throws Exception {
		try {
			for (DisposableBean factory : this.connections) {
				factory.destroy();
			}
			this.listener.shutdown(Duration.ZERO, LIMIT);
		}
		finally {
			this.redis.close();
		}
	}

	@ParameterizedTest
	@EnumSource
	void eventsArriveInTheOrderOfTheCalls(Client client) throws Exception {
		SocketIoEmitter emitter = emitter(client);
		for (int i = 0; i < EVENTS; i++) {
			((i % 2 == 0) ? emitter.to("room") : emitter).emit("number", i, new byte[] { (byte) i });
		}
		await().atMost(LIMIT).until(() -> this.channels.size() == EVENTS);
		ClassicCodec server = new ClassicCodec(new ClassicChannels(this.key, "/"), "server", false,
				ClassicFixture.ENCODER);
		assertThat(this.channels).isEqualTo(
				IntStream.range(0, EVENTS).mapToObj((i) -> this.key + ((i % 2 == 0) ? "#/#room#" : "#/#")).toList());
		assertThat(this.messages.stream().map((message) -> number(server, message)))
			.isEqualTo(IntStream.range(0, EVENTS).boxed().toList());
	}

	@ParameterizedTest
	@EnumSource
	void everyOperationIsPublished(Client client) {
		SocketIoEmitter emitter = emitter(client);
		emitter.of("admin").volatile_().compress(true).emit("e");
		emitter.in("r").except("x").socketsJoin("a", "b");
		emitter.of("/admin").socketsLeave("a");
		emitter.to("r").disconnectSockets(false);
		emitter.serverSideEmit("e", 1, null);
		await().atMost(LIMIT).until(() -> this.channels.size() == 5);
		assertThat(this.channels).containsExactly(this.key + "#/admin#", this.key + "-request#/#",
				this.key + "-request#/admin#", this.key + "-request#/#", this.key + "-request#/#");
		assertThat(this.messages.subList(1, 5)).extracting((message) -> text(message).replace('"', '\''))
			.containsExactly("{'type':2,'opts':{'rooms':['r'],'except':['x']},'rooms':['a','b']}",
					"{'type':3,'opts':{'rooms':[],'except':[]},'rooms':['a']}",
					"{'type':4,'opts':{'rooms':['r'],'except':[]},'close':false}",
					"{'uid':'emitter','type':6,'data':['e',1,null]}");
	}

	@Test
	void narrowingChangesNothingThatIsThere() {
		SocketIoEmitter emitter = emitter(Client.LETTUCE);
		emitter.to("a").except("b").volatile_();
		emitter.of("/admin").to("c");
		emitter.emit("e");
		emitter.disconnectSockets(true);
		await().atMost(LIMIT).until(() -> this.channels.size() == 2);
		assertThat(this.channels).containsExactly(this.key + "#/#", this.key + "-request#/#");
		assertThat(text(this.messages.get(1)))
			.isEqualTo("{\"type\":4,\"opts\":{\"rooms\":[],\"except\":[]},\"close\":true}");
	}

	@Test
	void acknowledgementsAreRefused() {
		SocketIoEmitter emitter = emitter(Client.LETTUCE);
		Runnable answer = () -> {
		};
		assertThatIllegalArgumentException().isThrownBy(() -> emitter.emit("e", 1, answer))
			.withMessageContaining("Acknowledgements are not supported");
		assertThatIllegalArgumentException().isThrownBy(() -> emitter.serverSideEmit("e", answer))
			.withMessageContaining("Acknowledgements are not supported");
	}

	@ParameterizedTest
	@EnumSource
	void redisThatIsAwayIsToldToTheCaller(Client client) {
		SocketIoEmitter emitter = emitter(client);
		emitter.emit("before");
		this.redis.kill();
		assertThatExceptionOfType(ClusterUnreachableException.class).isThrownBy(() -> emitter.emit("e"))
			.withMessageContaining("not published")
			.withMessageContaining("Check that Redis is up");
		this.redis.restart();
		await().atMost(LIMIT)
			.ignoreException(ClusterUnreachableException.class)
			.untilAsserted(() -> emitter.emit("after"));
	}

	@ParameterizedTest
	@EnumSource
	void userThatMayNotPublishIsToldToTheCaller(Client client) {
		this.redis.command("ACL SETUSER default resetchannels &" + this.key + "*");
		SocketIoEmitter emitter = emitter(client);
		assertThatNoException().isThrownBy(() -> emitter.emit("e"));
		SocketIoEmitter other = new SocketIoEmitter(factory(client, this.redis.port()), "other",
				ClassicFixture.ENCODER);
		assertThatExceptionOfType(ClusterUnreachableException.class).isThrownBy(() -> other.emit("e"))
			.withMessageContaining("NOPERM")
			.withMessageContaining("'other*'");
	}

	@ParameterizedTest
	@EnumSource
	void redisThatIsThereIsAvailable(Client client) {
		assertThatNoException()
			.isThrownBy(() -> RedisAvailability.require(factory(client, this.redis.port()), RedisConfig.DEFAULT));
	}

	@ParameterizedTest
	@EnumSource
	void redisThatIsAwayIsNamedWithoutPassword(Client client) {
		int port = FreePort.find();
		assertThatExceptionOfType(RedisUnavailableException.class)
			.isThrownBy(() -> RedisAvailability.require(factory(client, port), RedisConfig.DEFAULT))
			.satisfies((ex) -> assertThat(ex.getAddress()).isEqualTo("127.0.0.1:" + port))
			.withMessageContaining("127.0.0.1:" + port)
			.withMessageNotContaining("secret");
	}

	@ParameterizedTest
	@EnumSource
	void redisThatDoesNotAnswerIsWaitedForUntilTheTimeOutsAreOver(Client client) {
		RedisConnectionFactory factory = factory(client, this.redis.port());
		this.redis.suspend();
		try {
			assertThatExceptionOfType(RedisUnavailableException.class)
				.isThrownBy(() -> RedisAvailability.require(factory, RedisConfig.DEFAULT))
				.withMessageContaining("127.0.0.1:" + this.redis.port());
		}
		finally {
			this.redis.resume();
		}
	}

	@ParameterizedTest
	@EnumSource
	void sentinelsAreNamed(Client client) {
		RedisSentinelConfiguration sentinels = new RedisSentinelConfiguration().master("m")
			.sentinel("127.0.0.1", 2)
			.sentinel("127.0.0.1", 1);
		sentinels.setSentinelPassword("secret");
		RedisConnectionFactory factory = (client == Client.JEDIS) ? new JedisConnectionFactory(sentinels)
				: new LettuceConnectionFactory(sentinels);
		assertThat(RedisAddress.of(factory)).isEqualTo("the sentinels 127.0.0.1:1, 127.0.0.1:2");
	}

	private SocketIoEmitter emitter(Client client) {
		return new SocketIoEmitter(factory(client, this.redis.port()), this.key, ClassicFixture.ENCODER);
	}

	private RedisConnectionFactory factory(Client client, int port) {
		RedisStandaloneConfiguration standalone = new RedisStandaloneConfiguration("127.0.0.1", port);
		if (port != this.redis.port()) {
			standalone.setPassword("secret");
		}
		if (client == Client.JEDIS) {
			JedisConnectionFactory jedis = new JedisConnectionFactory(standalone);
			jedis.afterPropertiesSet();
			jedis.start();
			this.connections.add(jedis);
			return jedis;
		}
		LettuceConnectionFactory lettuce = new LettuceConnectionFactory(standalone,
				LettuceClientConfiguration.builder().commandTimeout(Duration.ofSeconds(2)).build());
		lettuce.afterPropertiesSet();
		lettuce.start();
		this.connections.add(lettuce);
		return lettuce;
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static Object number(ClassicCodec server, byte[] message) {
		try {
			Broadcast broadcast = Objects.requireNonNull(server.decodeBroadcast(message));
			Object number = broadcast.packet().data().get(1);
			broadcast.packet().release();
			return number;
		}
		catch (MalformedMessageException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * Clients of Redis.
	 */
	enum Client {

		LETTUCE, JEDIS

	}

}
