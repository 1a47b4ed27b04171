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
import java.util.Set;

import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.AdapterClose;
import io.github.socketioboot.cluster.message.ClusterMessage.DisconnectSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.FetchSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.Heartbeat;
import io.github.socketioboot.cluster.message.ClusterMessage.InitialHeartbeat;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsLeave;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.cluster.message.TraceParent;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for requests of {@link ClassicCodec} in JSON, after texts captured from Redis.
 */
class ClassicRequestTests {

	private static final String JOIN = "{\"uid\":\"PcskII\",\"type\":2,"
			+ "\"opts\":{\"rooms\":[\"room1\"],\"except\":[\"zz\"]},\"rooms\":[\"n1\",\"n2\"]}";

	private static final String LEAVE = "{\"uid\":\"PcskII\",\"type\":3,"
			+ "\"opts\":{\"rooms\":[\"room1\"],\"except\":[]},\"rooms\":[\"n2\"]}";

	private static final String DISCONNECT = "{\"uid\":\"PcskII\",\"type\":4,"
			+ "\"opts\":{\"rooms\":[\"nobody\"],\"except\":[]},\"close\":true}";

	private static final String FETCH = "{\"uid\":\"PcskII\",\"requestId\":\"N_E374\",\"type\":5,"
			+ "\"opts\":{\"rooms\":[],\"except\":[]}}";

	private static final String EMIT = "{\"uid\":\"PcskII\",\"type\":6,\"data\":[\"sse\",\"p\",1,{\"a\":1}]}";

	private static final String EMIT_WITH_ACK = "{\"uid\":\"PcskII\",\"requestId\":\"kdkKtF\",\"type\":6,"
			+ "\"data\":[\"sse\"]}";

	private final ClassicCodec codec = ClassicFixture.codec("/", "PcskII");

	private final ClassicCodec other = ClassicFixture.codec("/", "other_");

	@Test
	void textsAreThoseOfTheReferenceServer() {
		assertThat(sent(new SocketsJoin(ClassicFixture.options(Set.of("room1"), Set.of("zz")), List.of("n1", "n2"))))
			.isEqualTo(JOIN);
		assertThat(sent(new SocketsLeave(ClassicFixture.options(Set.of("room1"), Set.of()), List.of("n2"))))
			.isEqualTo(LEAVE);
		assertThat(sent(new DisconnectSockets(ClassicFixture.options(Set.of("nobody"), Set.of()), true)))
			.isEqualTo(DISCONNECT);
		assertThat(sent(new FetchSockets(BroadcastOptions.ALL, "N_E374"))).isEqualTo(FETCH);
		assertThat(sent(new ServerSideEmit(List.of("sse", "p", 1, Map.of("a", 1)), null))).isEqualTo(EMIT);
		assertThat(sent(new ServerSideEmit(List.of("sse"), "kdkKtF"))).isEqualTo(EMIT_WITH_ACK);
	}

	@Test
	void traceStandsBehindWhatTheReferenceServerReads() throws Exception {
		TraceParent trace = new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
		ServerSideEmit emit = new ServerSideEmit(List.of("sse"), "kdkKtF", trace);
		String traced = EMIT_WITH_ACK.replaceFirst("}$", ",\"traceparent\":\"" + trace.value() + "\"}");
		assertThat(sent(emit)).isEqualTo(traced);
		assertThat(this.codec.isOwn(ClassicFixture.utf8(traced))).isTrue();
		assertThat(message(traced, "PcskII")).isEqualTo(emit);
		ServerSideEmit hostile = (ServerSideEmit) message(
				EMIT_WITH_ACK.replaceFirst("}$", ",\"traceparent\":[\"" + "x".repeat(10_000) + "\"]}"), "PcskII");
		assertThat(hostile.trace()).isNotNull();
		assertThat(hostile.trace().isValid()).isFalse();
	}

	@Test
	void capturedTextsAreRead() throws Exception {
		assertThat(message(JOIN, "PcskII"))
			.isEqualTo(new SocketsJoin(ClassicFixture.options(Set.of("room1"), Set.of("zz")), List.of("n1", "n2")));
		assertThat(message(LEAVE, "PcskII"))
			.isEqualTo(new SocketsLeave(ClassicFixture.options(Set.of("room1"), Set.of()), List.of("n2")));
		assertThat(message(DISCONNECT, "PcskII"))
			.isEqualTo(new DisconnectSockets(ClassicFixture.options(Set.of("nobody"), Set.of()), true));
		assertThat(message(FETCH, "PcskII")).isEqualTo(new FetchSockets(BroadcastOptions.ALL, "N_E374"));
		assertThat(message(EMIT, "PcskII")).isEqualTo(new ServerSideEmit(List.of("sse", "p", 1, Map.of("a", 1)), null));
		assertThat(message(EMIT_WITH_ACK, "PcskII")).isEqualTo(new ServerSideEmit(List.of("sse"), "kdkKtF"));
	}

	@Test
	void textsOfEmittersAreRead() throws Exception {
		BroadcastOptions options = ClassicFixture.options(Set.of("r0"), Set.of("z"));
		assertThat(
				message("{\"type\":2,\"opts\":{\"rooms\":[\"r0\"],\"except\":[\"z\"]},\"rooms\":[\"r1\",\"r2\"]}", ""))
			.isEqualTo(new SocketsJoin(options, List.of("r1", "r2")));
		assertThat(message("{\"type\":3,\"opts\":{\"rooms\":[\"r0\"],\"except\":[]},\"rooms\":[\"r1\"]}", ""))
			.isEqualTo(new SocketsLeave(ClassicFixture.options(Set.of("r0"), Set.of()), List.of("r1")));
		assertThat(message("{\"type\":4,\"opts\":{\"rooms\":[],\"except\":[]},\"close\":true}", ""))
			.isEqualTo(new DisconnectSockets(BroadcastOptions.ALL, true));
		assertThat(message("{\"uid\":\"emitter\",\"type\":6,\"data\":[\"hello\",\"x\",1]}", "emitter"))
			.isEqualTo(new ServerSideEmit(List.of("hello", "x", 1), null));
	}

	@Test
	void requestsOfOldMembersAreRead() throws Exception {
		assertThat(read("{\"requestId\":\"abe\",\"type\":0,\"rooms\":[\"room1\"],\"uid\":\"me\"}"))
			.isEqualTo(new ClassicRequest.Sockets("me", "abe", Set.of("room1")));
		assertThat(read("{\"requestId\":\"abe\",\"type\":0}"))
			.isEqualTo(new ClassicRequest.Sockets("", "abe", Set.of()));
		assertThat(read("{\"uid\":\"PcskII\",\"requestId\":\"6qSC_v\",\"type\":1}"))
			.isEqualTo(new ClassicRequest.AllRooms("PcskII", "6qSC_v"));
		assertThat(read("{\"requestId\":\"abc\",\"type\":2,\"sid\":\"8N3t\",\"room\":\"lr\",\"uid\":\"me\"}"))
			.isEqualTo(new ClassicRequest.JoinOne("me", "abc", "8N3t", "lr"));
		assertThat(read("{\"requestId\":\"abd\",\"type\":3,\"sid\":\"8N3t\",\"room\":\"lr\",\"uid\":\"me\"}"))
			.isEqualTo(new ClassicRequest.LeaveOne("me", "abd", "8N3t", "lr"));
		assertThat(read("{\"requestId\":\"ac0\",\"type\":4,\"sid\":\"8N3t\",\"close\":true,\"uid\":\"me\"}"))
			.isEqualTo(new ClassicRequest.DisconnectOne("me", "ac0", "8N3t", true));
		assertThat(read("{\"requestId\":\"ac0\",\"type\":4,\"sid\":\"8N3t\"}"))
			.isEqualTo(new ClassicRequest.DisconnectOne("", "ac0", "8N3t", false));
	}

	@Test
	void requestsMayBeInMessagePackToo() throws Exception {
		byte[] bytes = new MessagePackWriter().value(Map.of("type", 1, "requestId", "id", "uid", "u")).toByteArray();
		assertThat(this.codec.decodeRequest(bytes)).isEqualTo(new ClassicRequest.AllRooms("u", "id"));
	}

	@Test
	void ownRequestsAreLeftOff() throws Exception {
		for (String text : List.of(JOIN, LEAVE, DISCONNECT, FETCH, EMIT, EMIT_WITH_ACK)) {
			assertThat(this.codec.decodeRequest(ClassicFixture.utf8(text))).isNull();
		}
	}

	@Test
	void bytesTravelAsNodeWritesThem() throws Exception {
		List<@Nullable Object> data = Arrays.asList("sse", new byte[] { 1, -1 }, Map.of("deep", new byte[0]), null,
				"\u00e9\u0001\"");
		String text = sent(new ServerSideEmit(data, null));
		assertThat(text).isEqualTo("{\"uid\":\"PcskII\",\"type\":6,\"data\":[\"sse\",{\"type\":\"Buffer\","
				+ "\"data\":[1,255]},{\"deep\":{\"type\":\"Buffer\",\"data\":[]}},null,\"\u00e9\\u0001\\\"\"]}");
		ServerSideEmit message = (ServerSideEmit) message(text, "PcskII");
		assertThat(message.packet()).usingRecursiveComparison().isEqualTo(data);
	}

	@Test
	void whatOnlyLooksLikeBytesStays() throws Exception {
		String text = "{\"type\":6,\"data\":[\"e\",{\"type\":\"Buffer\",\"data\":[256]},{\"type\":\"Buffer\","
				+ "\"data\":[1],\"more\":0},{\"type\":\"Buffer\",\"data\":\"x\"},{\"type\":\"Buffer\",\"data\":[1.5]}]}";
		assertThat(((ServerSideEmit) message(text, "")).packet()).containsExactly("e",
				Map.of("type", "Buffer", "data", List.of(256)), Map.of("type", "Buffer", "data", List.of(1), "more", 0),
				Map.of("type", "Buffer", "data", "x"), Map.of("type", "Buffer", "data", List.of(1.5)));
	}

	@Test
	void roomsWithHalvesOfCharactersAreSent() {
		assertThat(sent(new SocketsJoin(BroadcastOptions.ALL, List.of("\ud83d")))).contains("\"rooms\":[\"?\"]");
	}

	@Test
	void messagesAboutMembersAreNotOfTheProtocol() {
		for (ClusterMessage message : List.of(new InitialHeartbeat(), new Heartbeat(), new AdapterClose())) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(message));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{}", "{\"type\":1}", "{\"type\":17,\"requestId\":\"x\"}", "{\"type\":\"1\"}",
			"{\"type\":1,\"requestId\":5}", "{\"type\":1,\"requestId\":\"\"}", "{\"type\":1,\"requestId\":\"x\"} x",
			"{\"type\":1,\"requestId\":\"x\"}{}", "{\"type\":1.5,\"requestId\":\"x\"}",
			"{\"type\":5,\"requestId\":\"x\"}", "{\"type\":5,\"requestId\":\"x\",\"opts\":[]}",
			"{\"type\":5,\"opts\":{}}", "{\"type\":2,\"opts\":5,\"rooms\":[]}",
			"{\"type\":2,\"opts\":{\"rooms\":[{}]},\"rooms\":[]}", "{\"type\":2,\"opts\":{},\"rooms\":\"r\"}",
			"{\"type\":2,\"requestId\":\"x\",\"sid\":\"s\"}", "{\"type\":6}", "{\"type\":6,\"data\":[]}",
			"{\"type\":6,\"data\":[1]}", "{\"type\":6,\"data\":{}}", "{\"type\":6,\"data\":[\"e\"],\"requestId\":1}",
			"{\"type\":7,\"requestId\":\"x\"}", "{'type':1}", "{\"type\":NaN}", "{\"a\":\"\\ud83d", "{\u0000\"" })
	void malformedRequestIsRefused(String text) {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.codec.decodeRequest(ClassicFixture.utf8(text)));
	}

	@Test
	void longIdsAreRefused() {
		String longId = "x".repeat(Bounds.MAX_ID + 1);
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> read("{\"type\":1,\"requestId\":\"" + longId + "\"}"));
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> read("{\"type\":1,\"requestId\":\"x\",\"uid\":\"" + longId + "\"}"));
	}

	private String sent(ClusterMessage message) {
		ClassicMessage sent = this.codec.encode(message);
		assertThat(sent.channel()).isEqualTo("socket.io-request#/#");
		return ClassicFixture.text(sent);
	}

	private @Nullable ClassicRequest read(String text) throws MalformedMessageException {
		return this.other.decodeRequest(ClassicFixture.utf8(text));
	}

	private ClusterMessage message(String text, String uid) throws MalformedMessageException {
		ClassicRequest.Known request = (ClassicRequest.Known) read(text);
		assertThat(request).isNotNull();
		assertThat(request.uid()).isEqualTo(uid);
		return request.message();
	}

}
