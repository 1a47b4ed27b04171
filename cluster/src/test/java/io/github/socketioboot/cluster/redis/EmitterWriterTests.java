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

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EmitterWriter}, after bytes captured from Redis.
 */
class EmitterWriterTests {

	private static final String START = "93a7656d697474657283a47479706502a464617461";

	private static final String PLAIN = START
			+ "92a568656c6c6fa5776f726c64a36e7370a12f83a5726f6f6d7390a5666c61677380a665786365707490";

	private static final String BINARY = START
			+ "92a362696ec403010203a36e7370a12f83a5726f6f6d7390a5666c61677380a665786365707490";

	private static final String ONE_ROOM = START
			+ "92a17201a36e7370a12f83a5726f6f6d7391a5726f6f6d31a5666c61677380a665786365707490";

	private static final String ADMIN = START
			+ "91a16ea36e7370a62f61646d696e83a5726f6f6d7390a5666c61677380a665786365707490";

	private static final String FLAGS = START + "91a27232a36e7370a12f83a5726f6f6d7392a5726f6f6d32a5726f6f6d31"
			+ "a5666c61677382a8766f6c6174696c65c3a8636f6d7072657373c2a665786365707491a3626164";

	private final EmitterWriter writer = writer("/");

	private final ClassicCodec server = ClassicFixture.codec("/", "PcskII");

	@Test
	void bytesAreThoseOfTheReferenceEmitter() {
		assertSent(event(EmitterTarget.ALL, "hello", "world"), "socket.io#/#", PLAIN);
		assertSent(event(EmitterTarget.ALL, "bin", new byte[] { 1, 2, 3 }), "socket.io#/#", BINARY);
		assertSent(event(EmitterTarget.ALL.to("room1"), "r", 1), "socket.io#/#room1#", ONE_ROOM);
		assertSent(writer("/admin").event(EmitterTarget.ALL, List.of("n")), "socket.io#/admin#", ADMIN);
	}

	@Test
	void roomsAndFlagsKeepTheirOrder() {
		EmitterTarget target = EmitterTarget.ALL.to("room2")
			.to("room1", "room2")
			.except("bad")
			.with("volatile", true)
			.with("compress", false);
		assertSent(event(target, "r2"), "socket.io#/#", FLAGS);
	}

	@Test
	void requestsAreThoseOfTheReferenceEmitter() {
		assertSentText(this.writer.join(EmitterTarget.ALL.to("r0").except("z"), "r1", "r2"),
				"{'type':2,'opts':{'rooms':['r0'],'except':['z']},'rooms':['r1','r2']}");
		assertSentText(this.writer.leave(EmitterTarget.ALL.to("r0"), "r1"),
				"{'type':3,'opts':{'rooms':['r0'],'except':[]},'rooms':['r1']}");
		assertSentText(this.writer.disconnect(EmitterTarget.ALL, true),
				"{'type':4,'opts':{'rooms':[],'except':[]},'close':true}");
		assertSentText(this.writer.serverSideEvent(List.of("hello", "x", 1)),
				"{'uid':'emitter','type':6,'data':['hello','x',1]}");
		assertSentText(this.writer.serverSideEvent(List.of("hello", new byte[] { 1, -1 })),
				"{'uid':'emitter','type':6,'data':['hello',{'type':'Buffer','data':[1,255]}]}");
	}

	@Test
	void serversReadWhatIsWritten() throws Exception {
		Map<String, Object> map = Map.of("a", List.of(1.5, "\u00e9", new byte[] { 4 }));
		Broadcast broadcast = this.server
			.decodeBroadcast(event(EmitterTarget.ALL.to("a", "b").with("volatile", true), "e", map, null).bytes());
		assertThat(broadcast).isNotNull();
		assertThat(broadcast.options()).isEqualTo(new BroadcastOptions(EmitterTarget.ALL.to("b", "a").rooms(),
				EmitterTarget.ALL.except(), false, true, 0));
		assertThat(broadcast.packet().data()).usingRecursiveComparison().isEqualTo(Arrays.asList("e", map, null));
		broadcast.packet().release();
		assertThat(known(this.writer.join(EmitterTarget.ALL, "x"))).isInstanceOf(SocketsJoin.class);
		assertThat(known(this.writer.serverSideEvent(List.of("e", 1)))).isInstanceOfSatisfying(ServerSideEmit.class,
				(emit) -> assertThat(emit.packet()).isEqualTo(List.of("e", 1)));
	}

	@Test
	void applicationsOwnTypesTravelAsTheyDoToClients() throws Exception {
		record Point(int x, byte[] y) {
		}
		Broadcast broadcast = this.server
			.decodeBroadcast(event(EmitterTarget.ALL, "e", new Point(1, new byte[] { 2 })).bytes());
		assertThat(Objects.requireNonNull(broadcast).packet().data()).usingRecursiveComparison()
			.isEqualTo(List.of("e", Map.of("x", 1, "y", new byte[] { 2 })));
		broadcast.packet().release();
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect", "disconnect", "newListener" })
	void reservedNamesAreRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> event(EmitterTarget.ALL, name))
			.withMessageContaining(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect", "connection", "new_namespace" })
	void namesReservedAmongServersAreRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.writer.serverSideEvent(List.of(name)))
			.withMessageContaining(name);
	}

	@Test
	void whatClientsOrServersWouldNotTakeIsRefused() {
		Object[] attachments = IntStream.range(0, 11).mapToObj((i) -> new byte[] { 1 }).toArray();
		assertThatIllegalArgumentException().isThrownBy(() -> event(EmitterTarget.ALL, "e", attachments))
			.withMessageContaining("attachments");
		byte[] huge = new byte[Bounds.MAX_MESSAGE];
		assertThatIllegalArgumentException().isThrownBy(() -> event(EmitterTarget.ALL, "e", huge))
			.withMessageContaining("bytes");
	}

	private ClassicMessage event(EmitterTarget target, String event, Object... args) {
		Object[] packet = new Object[args.length + 1];
		packet[0] = event;
		System.arraycopy(args, 0, packet, 1, args.length);
		return this.writer.event(target, Arrays.asList(packet));
	}

	private Object known(ClassicMessage message) throws Exception {
		return ((ClassicRequest.Known) Objects.requireNonNull(this.server.decodeRequest(message.bytes()))).message();
	}

	private static EmitterWriter writer(String namespace) {
		return new EmitterWriter(new ClassicChannels(ClassicChannels.DEFAULT_KEY, namespace), ClassicFixture.ENCODER);
	}

	private static void assertSent(ClassicMessage message, String channel, String hex) {
		assertThat(message.channel()).isEqualTo(channel);
		assertThat(ClassicFixture.hex(message.bytes())).isEqualTo(hex);
	}

	private static void assertSentText(ClassicMessage message, String text) {
		assertThat(message.channel()).isEqualTo("socket.io-request#/#");
		assertThat(ClassicFixture.text(message)).isEqualTo(text.replace('\'', '"'));
	}

}
