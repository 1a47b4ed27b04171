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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessage.DisconnectSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.FetchSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.Heartbeat;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsLeave;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastAck;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastClientCount;
import io.github.socketioboot.cluster.message.ClusterResponse.FetchSocketsResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.ServerSideEmitResponse;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.cluster.message.TraceParent;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.SocketDetails.HandshakeDetails;
import io.github.socketioboot.engine.protocol.SocketPacket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

/**
 * Tests for {@link ShardedCodec} with bytes of the reference server.
 */
class ShardedCodecTests {

	private static final String UID = "28ee7518d3fb282c";

	private static final String END = ",\"uid\":\"28ee7518d3fb282c\",\"nsp\":\"/\"}";

	private static final BroadcastOptions TO_ROOM = new BroadcastOptions(Set.of("room1"), Set.of(), false, false, 0);

	private static final BroadcastOptions TIMED = new BroadcastOptions(Set.of(), Set.of(), false, false, 1000);

	private static final int MUTATIONS = 20_000;

	private final ShardedCodec codec = new ShardedCodec("/", UID, ClassicFixture.ENCODER);

	private final ShardedCodec other = new ShardedCodec("/", "c2d42efe53a7ad3c", ClassicFixture.ENCODER);

	@Test
	void broadcastsAreThoseOfTheReferenceServer() {
		assertThat(text(broadcast(BroadcastOptions.ALL, null, "hello", "world")))
			.isEqualTo("{\"type\":3,\"data\":{\"packet\":{\"type\":2,\"data\":[\"hello\",\"world\"]},"
					+ "\"opts\":{\"rooms\":[],\"except\":[],\"flags\":{}}}" + END);
		assertThat(text(broadcast(TO_ROOM, null, "r", "x")))
			.isEqualTo("{\"type\":3,\"data\":{\"packet\":{\"type\":2,\"data\":[\"r\",\"x\"]},"
					+ "\"opts\":{\"rooms\":[\"room1\"],\"except\":[],\"flags\":{}}}" + END);
		assertThat(text(broadcast(TIMED, "b39fe3effa7a7bf5", "q", 1))).isEqualTo(
				"{\"type\":3,\"data\":{\"packet\":{\"type\":2,\"data\":[\"q\",1]},\"requestId\":\"b39fe3effa7a7bf5\","
						+ "\"opts\":{\"rooms\":[],\"except\":[],\"flags\":{\"timeout\":1000}}}" + END);
		assertThat(hex(broadcast(BroadcastOptions.ALL, null, "bin", new byte[] { 1, 2, 3 })))
			.isEqualTo("84a47479706503a46461746182a67061636b657482a47479706502a46461746192a362696ec403010203"
					+ "a46f70747383a5726f6f6d7390a665786365707490a5666c61677380"
					+ "a3756964b032386565373531386433666232383263a36e7370a12f");
	}

	@Test
	void requestsAreThoseOfTheReferenceServer() {
		assertThat(text(this.codec.encode(new SocketsJoin(TO_ROOM, List.of("n1")))))
			.isEqualTo("{\"type\":4,\"data\":{\"opts\":{\"rooms\":[\"room1\"],\"except\":[],\"flags\":{}},"
					+ "\"rooms\":[\"n1\"]}" + END);
		assertThat(text(this.codec.encode(new SocketsLeave(TO_ROOM, List.of("n1"))))).startsWith("{\"type\":5,");
		assertThat(text(this.codec.encode(new DisconnectSockets(TO_ROOM, true))))
			.isEqualTo("{\"type\":6,\"data\":{\"opts\":{\"rooms\":[\"room1\"],\"except\":[],\"flags\":{}},"
					+ "\"close\":true}" + END);
		assertThat(text(this.codec.encode(new FetchSockets(BroadcastOptions.ALL, "e9273dd75dee2ad1"))))
			.isEqualTo("{\"type\":7,\"data\":{\"opts\":{\"rooms\":[],\"except\":[],\"flags\":{}},"
					+ "\"requestId\":\"e9273dd75dee2ad1\"}" + END);
		assertThat(text(this.codec.encode(new ServerSideEmit(Arrays.asList("sse", 1), null))))
			.isEqualTo("{\"type\":9,\"data\":{\"packet\":[\"sse\",1]}" + END);
	}

	@Test
	void traceIsAFieldThatTheReferenceServerDoesNotRead() throws Exception {
		TraceParent trace = new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
		String field = ",\"traceparent\":\"" + trace.value() + "\"}";
		byte[] emit = this.codec.encode(new ServerSideEmit(Arrays.asList("sse", 1), null, trace));
		assertThat(text(emit)).isEqualTo("{\"type\":9,\"data\":{\"packet\":[\"sse\",1]" + field + END);
		for (Object value : new Object[] { "x", new byte[] { 1 } }) {
			BroadcastPacket packet = new BroadcastPacket("e", List.of(value), SocketPacket.NO_ID);
			packet.encoded(ClassicFixture.ENCODER, "/");
			byte[] bytes = this.codec.encode(new Broadcast(packet, TO_ROOM, null, trace));
			packet.release();
			assertThat(this.codec.isOwn(bytes)).isTrue();
			ShardedEnvelope envelope = this.other.decode(bytes);
			assertThat(envelope).isNotNull();
			Broadcast message = (Broadcast) envelope.message();
			assertThat(message.trace()).isEqualTo(trace);
			assertThat(message.options()).isEqualTo(TO_ROOM);
			message.packet().release();
		}
	}

	@Test
	void responsesAreThoseOfTheReferenceServer() {
		assertThat(text(this.codec.encode(new BroadcastClientCount("b39fe3effa7a7bf5", 1))))
			.isEqualTo("{\"type\":11,\"data\":{\"requestId\":\"b39fe3effa7a7bf5\",\"clientCount\":1}" + END);
		assertThat(text(this.codec.encode(new BroadcastAck("b39fe3effa7a7bf5", "from N2"))))
			.isEqualTo("{\"type\":12,\"data\":{\"requestId\":\"b39fe3effa7a7bf5\",\"packet\":\"from N2\"}" + END);
		assertThat(text(this.codec.encode(new ServerSideEmitResponse("e6ce2c3b9fd5da1c", true, "pong"))))
			.isEqualTo("{\"type\":10,\"data\":{\"requestId\":\"e6ce2c3b9fd5da1c\",\"packet\":\"pong\"}" + END);
		ShardedCodec node = new ShardedCodec("/", "3fef21a5ca61a3ff", ClassicFixture.ENCODER);
		assertThat(hex(node.encode(new BroadcastAck("c2d42efe53a7ad3c", new byte[] { 5 }))))
			.isEqualTo("84a4747970650ca46461746182a9726571756573744964b063326434326566653533613761643363"
					+ "a67061636b6574c40105a3756964b033666566323161356361363161336666a36e7370a12f");
	}

	@Test
	void broadcastsAreRead() throws Exception {
		for (byte[] bytes : List.of(broadcast(TO_ROOM, "id", "e", 1, "x"),
				broadcast(TO_ROOM, "id", "e", 1, new byte[] { 1 }))) {
			ShardedEnvelope envelope = this.other.decode(bytes);
			assertThat(envelope).isNotNull();
			assertThat(envelope.uid()).isEqualTo(UID);
			Broadcast message = (Broadcast) envelope.message();
			assertThat(message.options()).isEqualTo(TO_ROOM);
			assertThat(message.requestId()).isEqualTo("id");
			assertThat(message.packet().data()).hasSize(3).startsWith("e", 1);
			message.packet().release();
		}
	}

	@Test
	void otherMessagesAreRead() throws Exception {
		for (ClusterMessage message : List.of(new SocketsJoin(TO_ROOM, List.of("a", "b")),
				new SocketsLeave(TIMED, List.of("a")), new DisconnectSockets(TO_ROOM, true),
				new FetchSockets(TIMED, "id"), new ServerSideEmit(Arrays.asList("e", 1, null), "id"),
				new ServerSideEmit(Arrays.asList("e", new byte[] { 1 }), null),
				new ServerSideEmitResponse("id", true, Map.of("b", new byte[] { 7 })),
				new ServerSideEmitResponse("id", true, null), new BroadcastClientCount("id", 3),
				new BroadcastAck("id", List.of(1, "x")), new FetchSocketsResponse("id", List.of(socket("plain")), true),
				new FetchSocketsResponse("id", List.of(socket(Map.of("b", new byte[] { 1 }))), true))) {
			ShardedEnvelope envelope = this.other.decode(this.codec.encode(message));
			assertThat(envelope).isNotNull();
			assertThat(envelope.message()).usingRecursiveComparison().isEqualTo(message);
		}
	}

	@Test
	void ownAndForeignMessagesAreIgnored() throws Exception {
		for (byte[] bytes : List.of(broadcast(BroadcastOptions.ALL, null, "e"),
				broadcast(BroadcastOptions.ALL, null, "e", new byte[] { 1 }))) {
			assertThat(this.codec.isOwn(bytes)).isTrue();
			assertThat(this.other.isOwn(bytes)).isFalse();
			assertThat(this.codec.decode(bytes)).isNull();
			assertThat(new ShardedCodec("/other", "x", ClassicFixture.ENCODER).decode(bytes)).isNull();
		}
		assertThat(this.codec.decode(bytes("{\"type\":13,\"uid\":\"a44f11844136638a\",\"nsp\":\"/\"}"))).isNull();
	}

	@Test
	void whatTheProtocolHasNotIsNotWritten() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(new Heartbeat()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.encode(new FetchSocketsResponse("id", List.of(), false)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.encode(new ServerSideEmitResponse("id", false, null)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "{\"type\":3,\"uid\":\"a\",\"nsp\":\"/\"}",
			"{\"type\":99,\"data\":{},\"uid\":\"a\",\"nsp\":\"/\"}",
			"{\"type\":3,\"data\":{\"packet\":{\"type\":2,\"data\":[\"connect\"]},\"opts\":{}},\"uid\":\"a\",\"nsp\":\"/\"}",
			"{\"type\":3,\"data\":{\"packet\":{\"type\":2,\"data\":[\"e\"]}},\"uid\":\"a\",\"nsp\":\"/\"}",
			"{\"type\":7,\"data\":{\"opts\":{}},\"uid\":\"a\",\"nsp\":\"/\"}",
			"{\"type\":11,\"data\":{\"requestId\":\"r\",\"clientCount\":-1},\"uid\":\"a\",\"nsp\":\"/\"}",
			"{\"type\":4,\"data\":{\"opts\":{},\"rooms\":[]},\"nsp\":\"/\"}" })
	void malformedMessagesAreRefused(String text) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decode(bytes(text)));
	}

	@Test
	void mutationsAreReadOrRefused() {
		Random random = new Random(21);
		Object[] args = { "x", 1.5, 1L << 40, Map.of("k", Arrays.asList(null, true, "\u00e9")) };
		List<byte[]> originals = List.of(broadcast(TO_ROOM, null, "e", args),
				broadcast(TIMED, "id", "e", "x", new byte[] { 1 }),
				this.codec.encode(new FetchSocketsResponse("id", List.of(socket(new byte[] { 1 })), true)),
				this.codec.encode(new FetchSocketsResponse("id", List.of(socket("x")), true)),
				this.codec.encode(new ServerSideEmit(Arrays.asList("e", new byte[] { 1 }, "x"), "id")),
				this.codec.encode(new SocketsJoin(TO_ROOM, List.of("r"))),
				this.codec.encode(new BroadcastClientCount("id", 2)));
		int refused = 0;
		for (int i = 0; i < MUTATIONS; i++) {
			byte[] bytes = originals.get(random.nextInt(originals.size())).clone();
			for (int change = random.nextInt(3); change >= 0; change--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			byte[] mutated = random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
			refused += isRefused(mutated) ? 1 : 0;
		}
		assertThat(refused).isBetween(MUTATIONS / 2, MUTATIONS - 1);
	}

	private boolean isRefused(byte[] bytes) {
		try {
			this.other.decode(bytes);
			return false;
		}
		catch (MalformedMessageException ex) {
			return true;
		}
		catch (RuntimeException | Error ex) {
			return fail("not refused: " + hex(bytes), ex);
		}
	}

	private static SocketDetails socket(Object data) {
		HandshakeDetails handshake = new HandshakeDetails(Map.of("a", List.of("x", "y")), "::1", true, true, 5, "/",
				Map.of("q", List.of("1")), Map.of("t", 1));
		return new SocketDetails("s", handshake, Set.of("s"), data);
	}

	private byte[] broadcast(BroadcastOptions options, @Nullable String requestId, String event,
			@Nullable Object... args) {
		BroadcastPacket packet = new BroadcastPacket(event, Arrays.asList(args),
				(requestId != null) ? 17 : SocketPacket.NO_ID);
		packet.encoded(ClassicFixture.ENCODER, "/");
		try {
			return this.codec.encode(new Broadcast(packet, options, requestId));
		}
		finally {
			packet.release();
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

}
