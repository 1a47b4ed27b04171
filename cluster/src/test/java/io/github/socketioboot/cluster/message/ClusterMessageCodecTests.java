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

package io.github.socketioboot.cluster.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.message.ClusterMessage.AdapterClose;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessage.DisconnectSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.FetchSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.Heartbeat;
import io.github.socketioboot.cluster.message.ClusterMessage.InitialHeartbeat;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsLeave;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastAck;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastClientCount;
import io.github.socketioboot.cluster.message.ClusterResponse.FetchSocketsResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.ServerSideEmitResponse;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.SocketDetails.HandshakeDetails;
import io.github.socketioboot.engine.protocol.PacketLimits;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ClusterMessageCodec}.
 */
class ClusterMessageCodecTests {

	private static final BroadcastOptions OPTIONS = new BroadcastOptions(Set.of("a", "\u00e9"), Set.of("c"), false,
			true, 1234);

	private static final List<@Nullable Object> TREE = Arrays.asList("event", 1, -5_000_000_000L, 1.5, true, null,
			"\u00e9\ud83d\ude00", List.of(), Map.of("deep", List.of(new byte[] { 1, 2 })), new byte[0]);

	private final SocketPacketEncoder encoder = new SocketPacketEncoder(JsonMapper.builder().build());

	private final ClusterMessageCodec codec = new ClusterMessageCodec(this.encoder);

	static Stream<ClusterMessage> messages() {
		HandshakeDetails handshake = new HandshakeDetails(Map.of("cookie", List.of("a", "b"), "empty", List.of()),
				"::1", false, true, 5, "/socket.io/", Map.of("q", List.of("")), Map.of("token", "t"));
		HandshakeDetails bare = new HandshakeDetails(Map.of(), "", true, false, 0, "", Map.of(), null);
		return Stream.of(new InitialHeartbeat(), new Heartbeat(), new AdapterClose(),
				new SocketsJoin(OPTIONS, List.of("r", "s")), new SocketsLeave(BroadcastOptions.ALL, List.of()),
				new DisconnectSockets(OPTIONS, true), new DisconnectSockets(OPTIONS, false),
				new FetchSockets(OPTIONS, "id"), new ServerSideEmit(TREE, null), new ServerSideEmit(TREE, "id"),
				new ServerSideEmit(TREE, "id",
						new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")),
				new FetchSocketsResponse("id",
						List.of(new SocketDetails("s", handshake, Set.of("s", "r"), Map.of("bytes", new byte[3])),
								new SocketDetails("t", bare, Set.of(), null)),
						false),
				new FetchSocketsResponse("id", List.of(), true), new ServerSideEmitResponse("id", true, TREE),
				new ServerSideEmitResponse("id", false, null), new BroadcastClientCount("id", 7),
				new BroadcastAck("id", null), new BroadcastAck("id", Map.of("k", new byte[] { 1 })));
	}

	private static String namespace(ClusterMessage message) {
		return message.type().isOfMembers() ? "" : "/chat";
	}

	@ParameterizedTest
	@MethodSource("messages")
	void messageIsTheSameAfterATransfer(ClusterMessage message) throws Exception {
		ByteBuf bytes = this.codec.encode(namespace(message), message);
		ClusterEnvelope envelope = this.codec.decode(bytes);
		assertThat(envelope.namespace()).isEqualTo(namespace(message));
		assertThat(envelope.message()).isExactlyInstanceOf(message.getClass())
			.usingRecursiveComparison()
			.isEqualTo(message);
		assertThat(bytes.readerIndex()).isZero();
		bytes.release();
	}

	@ParameterizedTest
	@MethodSource("messages")
	void noMessageIsLongerOrShorter(ClusterMessage message) {
		ByteBuf bytes = this.codec.encode(namespace(message), message);
		for (int length = 0; length < bytes.readableBytes(); length++) {
			ByteBuf part = bytes.slice(0, length);
			assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decode(part));
		}
		bytes.writeByte(0);
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decode(bytes));
		bytes.release();
	}

	@ParameterizedTest
	@MethodSource("messages")
	void mutationsAreReadOrRefused(ClusterMessage message) {
		Random random = new Random(7);
		int refused = 0;
		for (int i = 0; i < 500; i++) {
			ByteBuf bytes = this.codec.encode(namespace(message), message);
			for (int change = random.nextInt(3); change >= 0; change--) {
				bytes.setByte(random.nextInt(bytes.readableBytes()), random.nextInt(256));
			}
			try {
				assertThat(this.codec.decode(bytes).message()).isNotNull();
			}
			catch (MalformedMessageException ex) {
				refused++;
			}
			bytes.release();
		}
		assertThat(refused).isPositive();
	}

	@Test
	void broadcastBearsTheBytesOfItsPacket() throws Exception {
		for (String requestId : new String[] { null, "id" }) {
			long ackId = (requestId != null) ? 5 : SocketPacket.NO_ID;
			BroadcastPacket packet = new BroadcastPacket("e", List.of("x", new byte[] { 1 }), ackId);
			packet.encoded(this.encoder, "/chat");
			ByteBuf bytes = this.codec.encode("/chat", new Broadcast(packet, OPTIONS, requestId));
			Broadcast broadcast = (Broadcast) this.codec.decode(bytes).message();
			assertThat(broadcast.options()).isEqualTo(OPTIONS);
			assertThat(broadcast.requestId()).isEqualTo(requestId);
			assertThat(broadcast.packet().ackId()).isEqualTo(ackId);
			ByteBuf text = broadcast.packet().encoded().webSocketText();
			ByteBuf expected = packet.encoded().webSocketText();
			assertThat(text).isEqualTo(expected);
			assertThat(broadcast.packet().encoded().attachment(0)).containsExactly(1);
			text.release();
			expected.release();
			broadcast.packet().release();
			for (int length = 0; length < bytes.readableBytes(); length++) {
				ByteBuf part = bytes.slice(0, length);
				assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decode(part));
			}
			bytes.writeByte(0);
			assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decode(bytes));
			bytes.release();
			packet.release();
		}
	}

	@Test
	void whatClientsMayNestTravels() throws Exception {
		Object nested = "x";
		for (int i = 0; i < PacketLimits.MAX_DEPTH; i++) {
			nested = (i % 2 == 0) ? Map.of("k", nested) : List.of(nested);
		}
		HandshakeDetails handshake = new HandshakeDetails(Map.of(), "", true, false, 0, "", Map.of(), nested);
		FetchSocketsResponse response = new FetchSocketsResponse("id",
				List.of(new SocketDetails("s", handshake, Set.of(), null)), true);
		ByteBuf bytes = this.codec.encode("/", response);
		assertThat(this.codec.decode(bytes).message()).isEqualTo(response);
		bytes.release();
	}

	@Test
	void numbersAreThoseOfTheReferenceServer() {
		List<Integer> numbers = new ArrayList<>();
		messages().forEach((message) -> numbers.add(message.type().number()));
		assertThat(numbers).contains(1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
		assertThat(ClusterMessageType.INITIAL_HEARTBEAT.number()).isOne();
		assertThat(ClusterMessageType.BROADCAST.number()).isEqualTo(3);
		assertThat(ClusterMessageType.FETCH_SOCKETS_RESPONSE.number()).isEqualTo(8);
		assertThat(ClusterMessageType.BROADCAST_ACK.number()).isEqualTo(12);
		assertThat(ClusterMessageType.ADAPTER_CLOSE.number()).isEqualTo(13);
	}

	@Test
	void messagesAboutMembersHaveNoNamespaceAndOthersHaveOne() {
		ByteBuf bytes = this.codec.encode("/", new Heartbeat());
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decode(bytes));
		bytes.release();
		ByteBuf other = this.codec.encode("", new BroadcastClientCount("id", 1));
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decode(other));
		other.release();
	}

}
