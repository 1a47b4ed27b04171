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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.message.ClusterResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastAck;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastClientCount;
import io.github.socketioboot.cluster.message.ClusterResponse.FetchSocketsResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.ServerSideEmitResponse;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.SocketDetails.HandshakeDetails;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for responses of {@link ClassicCodec}, after bytes captured from Redis.
 */
class ClassicResponseTests {

	private static final String ACK = "83a47479706509a9726571756573744964a6465232355672a67061636b6574a461636b42";

	private static final String COUNT = "{\"type\":8,\"requestId\":\"FR25Vr\",\"clientCount\":1}";

	private static final String EMIT = "{\"type\":6,\"requestId\":\"kdkKtF\",\"data\":\"pong\"}";

	private static final HandshakeDetails HANDSHAKE = new HandshakeDetails(Map.of("user-agent", List.of("x")),
			"127.0.0.1", false, true, 1_700_000_000_123L, "/socket.io/?EIO=4", Map.of("EIO", List.of("4")),
			Map.of("token", "\u00e9"));

	private static final String SOCKET = "{\"id\":\"8N3tzqG_EUXfMR3HAAAC\",\"handshake\":{"
			+ "\"headers\":{\"user-agent\":\"x\"},"
			+ "\"time\":\"Tue Nov 14 2023 22:13:20 GMT+0000 (Coordinated Universal Time)\","
			+ "\"address\":\"127.0.0.1\",\"xdomain\":false,\"secure\":true,\"issued\":1700000000123,"
			+ "\"url\":\"/socket.io/?EIO=4\",\"query\":{\"EIO\":\"4\"},\"auth\":{\"token\":\"\u00e9\"}},"
			+ "\"rooms\":[\"8N3tzqG_EUXfMR3HAAAC\"],\"data\":{\"n\":1}}";

	private final ClassicCodec codec = ClassicFixture.codec("/", "PcskII");

	@Test
	void bytesAreThoseOfTheReferenceServer() {
		ClassicMessage ack = this.codec.encodeResponse("abc", new BroadcastAck("FR25Vr", "ackB"));
		assertThat(ack.channel()).isEqualTo("socket.io-response#/#");
		assertThat(ClassicFixture.hex(ack.bytes())).isEqualTo(ACK);
		assertThat(sent(new BroadcastClientCount("FR25Vr", 1))).isEqualTo(COUNT);
		assertThat(sent(new ServerSideEmitResponse("kdkKtF", true, "pong"))).isEqualTo(EMIT);
		SocketDetails socket = new SocketDetails("8N3tzqG_EUXfMR3HAAAC", HANDSHAKE, Set.of("8N3tzqG_EUXfMR3HAAAC"),
				Map.of("n", 1));
		assertThat(sent(new FetchSocketsResponse("N_E374", List.of(socket), true)))
			.isEqualTo("{\"requestId\":\"N_E374\",\"sockets\":[" + SOCKET + "]}");
		assertThat(sent(new FetchSocketsResponse("N_E374", List.of(), true)))
			.isEqualTo("{\"requestId\":\"N_E374\",\"sockets\":[]}");
	}

	@Test
	void answersToOldMembersAreThoseOfTheReferenceServer() {
		ClassicMessage sockets = this.codec.encodeSockets(new ClassicRequest.Sockets("me", "abe", Set.of()),
				List.of("8N3tzqG_EUXfMR3HAAAC"));
		assertThat(ClassicFixture.text(sockets))
			.isEqualTo("{\"requestId\":\"abe\",\"sockets\":[\"8N3tzqG_EUXfMR3HAAAC\"]}");
		ClassicMessage rooms = this.codec.encodeRooms(new ClassicRequest.AllRooms("PcskII", "6qSC_v"),
				List.of("iSypgHN8or2OBwbzAAAA", "room1", "42"));
		assertThat(ClassicFixture.text(rooms))
			.isEqualTo("{\"requestId\":\"6qSC_v\",\"rooms\":[\"iSypgHN8or2OBwbzAAAA\",\"room1\",\"42\"]}");
		assertThat(ClassicFixture.text(this.codec.encodeDone(new ClassicRequest.JoinOne("me", "abc", "8N3t", "lr"))))
			.isEqualTo("{\"requestId\":\"abc\"}");
		assertThat(
				ClassicFixture.text(this.codec.encodeDone(new ClassicRequest.DisconnectOne("", "ac0", "8N3t", true))))
			.isEqualTo("{\"requestId\":\"ac0\"}");
	}

	@Test
	void responsesGoToTheMemberThatHasAskedIfSoConfigured() {
		ClassicCodec specific = new ClassicCodec(new ClassicChannels("socket.io", "/"), "PcskII", true,
				ClassicFixture.ENCODER);
		assertThat(specific.encodeResponse("abc", new BroadcastClientCount("id", 0)).channel())
			.isEqualTo("socket.io-response#/#abc#");
		assertThat(specific.encodeResponse("abc", new BroadcastAck("id", null)).channel())
			.isEqualTo("socket.io-response#/#abc#");
		assertThat(specific.encodeRooms(new ClassicRequest.AllRooms("abc", "id"), List.of()).channel())
			.isEqualTo("socket.io-response#/#abc#");
		assertThat(specific.encodeResponse("abc", new ServerSideEmitResponse("id", true, null)).channel())
			.isEqualTo("socket.io-response#/#");
		assertThat(specific.encodeResponse("", new BroadcastClientCount("id", 0)).channel())
			.isEqualTo("socket.io-response#/#");
		assertThat(this.codec.encodeResponse("abc", new BroadcastClientCount("id", 0)).channel())
			.isEqualTo("socket.io-response#/#");
	}

	@Test
	void capturedBytesAreRead() throws Exception {
		assertThat(this.codec.decodeResponse(ClassicFixture.hex(ACK), "FR25Vr"::equals))
			.isEqualTo(new BroadcastAck("FR25Vr", "ackB"));
		assertThat(read(COUNT)).isEqualTo(new BroadcastClientCount("FR25Vr", 1));
		assertThat(read(EMIT)).isEqualTo(new ServerSideEmitResponse("kdkKtF", true, "pong"));
		assertThat(read("{\"type\":6,\"requestId\":\"kdkKtF\"}"))
			.isEqualTo(new ServerSideEmitResponse("kdkKtF", true, null));
		assertThat(read("{\"requestId\":\"N_E374\",\"sockets\":[" + SOCKET + "]}"))
			.isEqualTo(new FetchSocketsResponse("N_E374", List.of(new SocketDetails("8N3tzqG_EUXfMR3HAAAC", HANDSHAKE,
					Set.of("8N3tzqG_EUXfMR3HAAAC"), Map.of("n", 1))), true));
	}

	@Test
	void responsesForOthersAreLeftOff() throws Exception {
		for (String text : List.of(COUNT, EMIT, "{\"requestId\":\"x\",\"sockets\":[oops")) {
			assertThat(this.codec.decodeResponse(ClassicFixture.utf8(text), "other"::equals)).isNull();
		}
		assertThat(this.codec.decodeResponse(ClassicFixture.hex(ACK), "other"::equals)).isNull();
		assertThat(read("{\"requestId\":\"6qSC_v\",\"rooms\":[\"room1\"]}")).isNull();
		assertThat(read("{\"requestId\":\"abc\"}")).isNull();
	}

	@Test
	void descriptionsTravel() throws Exception {
		HandshakeDetails bare = new HandshakeDetails(Map.of("a", List.of("x", "y"), "b", List.of()), "", true, false, 0,
				"", Map.of("q", List.of("", "2")), null);
		List<SocketDetails> sockets = List.of(
				new SocketDetails("s", bare, Set.of("s", "r"), Map.of("bytes", new byte[] { 1 }, "list", List.of(1.5))),
				new SocketDetails("t", HANDSHAKE, Set.of("t"), null),
				new SocketDetails("u", HANDSHAKE, Set.of("u"), "text"));
		String text = sent(new FetchSocketsResponse("id", sockets, true));
		assertThat(((FetchSocketsResponse) read(text)).sockets()).usingRecursiveComparison().isEqualTo(sockets);
		assertThat(text).contains("\"auth\":{}}").contains("\"rooms\":[\"t\"],\"data\":{}}");
	}

	@Test
	void socketWhoseDataHasNoJsonIsDescribedWithoutIt() throws Exception {
		Map<String, @Nullable Object> own = new HashMap<>();
		own.put("self", own);
		SocketDetails socket = new SocketDetails("s", HANDSHAKE, Set.of("s"), own);
		assertThat(((FetchSocketsResponse) read(sent(new FetchSocketsResponse("id", List.of(socket), true)))).sockets())
			.containsExactly(new SocketDetails("s", HANDSHAKE, Set.of("s"), null));
	}

	@Test
	void socketsAreDescribedWithoutDataThatWouldMakeTheAnswerTooLarge() throws Exception {
		String large = "x".repeat(Bounds.MAX_DATA / 3 + 10_000);
		List<SocketDetails> sockets = IntStream.range(0, 4)
			.mapToObj((i) -> new SocketDetails("s" + i, HANDSHAKE, Set.of(), large))
			.toList();
		List<SocketDetails> small = List.of(new SocketDetails("s", HANDSHAKE, Set.of(), "x"));
		FetchSocketsResponse read = (FetchSocketsResponse) read(sent(new FetchSocketsResponse("id", sockets, true)));
		assertThat(read.sockets()).extracting(SocketDetails::id).containsExactly("s0", "s1", "s2", "s3");
		assertThat(read.sockets()).extracting((socket) -> socket.data() != null)
			.containsExactly(true, true, false, false);
		assertThat(((FetchSocketsResponse) read(sent(new FetchSocketsResponse("id", small, true)))).sockets())
			.isEqualTo(small);
	}

	@Test
	void descriptionsOfOtherServersAreReadAsFarAsTheyGo() throws Exception {
		String text = "{\"requestId\":\"id\",\"sockets\":[{\"id\":\"s\"},{\"id\":\"t\",\"rooms\":[\"t\",42],\"handshake\":"
				+ "{\"headers\":{\"a\":5,\"b\":null},\"query\":[],\"issued\":\"x\",\"session\":{}},\"data\":[1]}]}";
		HandshakeDetails none = new HandshakeDetails(Map.of(), "", false, false, 0, "", Map.of(), null);
		HandshakeDetails some = new HandshakeDetails(Map.of("a", List.of("5"), "b", List.of()), "", false, false, 0, "",
				Map.of(), null);
		assertThat(((FetchSocketsResponse) read(text)).sockets()).containsExactly(
				new SocketDetails("s", none, Set.of(), null),
				new SocketDetails("t", some, Set.of("t", "42"), List.of(1)));
	}

	@Test
	void acknowledgementsTravel() throws Exception {
		List<@Nullable Object> values = Arrays.asList(null, 5, "x", Collections.singletonMap("a", null),
				List.of(new byte[] { 1, 2 }, true), new byte[0]);
		for (Object value : values) {
			ClassicMessage message = this.codec.encodeResponse("", new BroadcastAck("id", value));
			BroadcastAck ack = (BroadcastAck) this.codec.decodeResponse(message.bytes(), "id"::equals);
			assertThat(Arrays.asList(ack.packet())).usingRecursiveComparison().isEqualTo(Arrays.asList(value));
			String text = sent(new ServerSideEmitResponse("id", true, value));
			ServerSideEmitResponse response = (ServerSideEmitResponse) read(text);
			assertThat(Arrays.asList(response.packet())).usingRecursiveComparison().isEqualTo(Arrays.asList(value));
		}
	}

	@Test
	void whatTheProtocolCannotSayIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.encodeResponse("", new ServerSideEmitResponse("id", false, null)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.encodeResponse("", new FetchSocketsResponse("id", List.of(), false)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{}", "{\"type\":8}", "{\"requestId\":\"\",\"type\":6}",
			"{\"requestId\":\"x\",\"type\":8}", "{\"requestId\":\"x\",\"type\":8,\"clientCount\":-1}",
			"{\"requestId\":\"x\",\"type\":8,\"clientCount\":1e99}",
			"{\"requestId\":\"x\",\"type\":8,\"clientCount\":4294967296}", "{\"requestId\":\"x\",\"sockets\":{}}",
			"{\"requestId\":\"x\",\"sockets\":[5]}", "{\"requestId\":\"x\",\"sockets\":[{}]}",
			"{\"requestId\":\"x\",\"sockets\":[{\"id\":\"s\",\"rooms\":{}}]}" })
	void malformedResponseIsRefused(String text) {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.codec.decodeResponse(ClassicFixture.utf8(text), (id) -> true));
	}

	private String sent(ClusterResponse response) {
		ClassicMessage message = this.codec.encodeResponse("abc", response);
		assertThat(message.channel()).isEqualTo("socket.io-response#/#");
		return ClassicFixture.text(message);
	}

	private @Nullable ClusterResponse read(String text) throws MalformedMessageException {
		return this.codec.decodeResponse(ClassicFixture.utf8(text), (id) -> true);
	}

}
