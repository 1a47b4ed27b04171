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

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.cluster.message.TraceParent;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.protocol.PacketLimits;
import io.github.socketioboot.engine.protocol.SocketPacket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for broadcasts of {@link ClassicCodec}, after bytes captured from Redis.
 */
class ClassicBroadcastTests {

	private static final String PLAIN = "93a65063736b494983a47479706502a46461746192a165a178a36e7370a12f"
			+ "83a5726f6f6d7390a665786365707490a5666c61677380";

	private static final String BINARY = "93a65063736b494983a47479706502a46461746193a362696ec40301020381a162c40104"
			+ "a36e7370a12f83a5726f6f6d7390a665786365707490a5666c61677380";

	private static final String ONE_ROOM = "93a65063736b494983a47479706502a46461746192a172a178a36e7370a12f"
			+ "83a5726f6f6d7391a5726f6f6d31a665786365707490a5666c61677380";

	private static final String FLAGS = "93a65063736b494983a47479706502a46461746191a27232a36e7370a12f"
			+ "83a5726f6f6d7392a5726f6f6d31a5726f6f6d32a665786365707491a3626164"
			+ "a5666c61677382a8766f6c6174696c65c3a8636f6d7072657373c2";

	private static final String ADMIN = "93a65339775f4a6783a47479706502a46461746192a16e01a36e7370a62f61646d696e"
			+ "83a5726f6f6d7390a665786365707490a5666c61677380";

	private static final String WITH_ACK = "85a3756964a65063736b4949a9726571756573744964a6465232355672a47479706507"
			+ "a67061636b657483a47479706502a46461746192a570696e6731a171a36e7370a12f"
			+ "a46f70747383a5726f6f6d7390a665786365707490a5666c61677381a774696d656f7574cd01f4";

	private static final String EMITTER = "93a7656d697474657283a47479706502a46461746192a568656c6c6fa5776f726c64"
			+ "a36e7370a12f83a5726f6f6d7390a5666c61677380a665786365707490";

	private static final String EMITTER_BINARY = "93a7656d697474657283a47479706502a46461746192a362696ec403010203"
			+ "a36e7370a12f83a5726f6f6d7390a5666c61677380a665786365707490";

	private static final String EMITTER_ROOM = "93a7656d697474657283a47479706502a46461746192a17201"
			+ "a36e7370a12f83a5726f6f6d7391a5726f6f6d31a5666c61677380a665786365707490";

	private final ClassicCodec codec = ClassicFixture.codec("/", "PcskII");

	private final ClassicCodec other = ClassicFixture.codec("/", "other_");

	@Test
	void bytesAreThoseOfTheReferenceServer() {
		BroadcastOptions all = BroadcastOptions.ALL;
		assertSent(ClassicFixture.broadcast(this.codec, "/", all, "e", "x"), "socket.io#/#", PLAIN);
		assertSent(ClassicFixture.broadcast(this.codec, "/", all, "bin", new byte[] { 1, 2, 3 },
				Map.of("b", new byte[] { 4 })), "socket.io#/#", BINARY);
		assertSent(
				ClassicFixture.broadcast(this.codec, "/", ClassicFixture.options(Set.of("room1"), Set.of()), "r", "x"),
				"socket.io#/#room1#", ONE_ROOM);
		assertSent(ClassicFixture.broadcast(ClassicFixture.codec("/admin", "S9w_Jg"), "/admin", all, "n", 1),
				"socket.io#/admin#", ADMIN);
		BroadcastOptions timed = new BroadcastOptions(Set.of(), Set.of(), false, false, 500);
		assertSent(ClassicFixture.broadcastWithAck(this.codec, "/", timed, "FR25Vr", "ping1", "q"),
				"socket.io-request#/#", WITH_ACK);
	}

	@Test
	void flagsAreThoseOfTheReferenceServer() {
		BroadcastOptions options = new BroadcastOptions(Set.of("room2", "room1"), Set.of("bad"), false, true, 0);
		// There is no hint on compression here
		String expected = FLAGS.replace("a5666c61677382a8766f6c6174696c65c3a8636f6d7072657373c2",
				"a5666c61677381a8766f6c6174696c65c3");
		assertSent(ClassicFixture.broadcast(this.codec, "/", options, "r2"), "socket.io#/#", expected);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "requestId")
	void traceStandsAmongTheOptions(@Nullable String requestId) throws Exception {
		TraceParent trace = new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
		ClassicCodec codec = ClassicFixture.codec("/", "PcskII");
		BroadcastPacket packet = new BroadcastPacket("e", List.of("x"), (requestId != null) ? 17 : SocketPacket.NO_ID);
		packet.encoded(ClassicFixture.ENCODER, "/");
		ClassicMessage plain = codec.encode(new Broadcast(packet, BroadcastOptions.ALL, requestId));
		ClassicMessage traced = codec.encode(new Broadcast(packet, BroadcastOptions.ALL, requestId, trace));
		packet.release();
		assertThat(traced.channel()).isEqualTo(plain.channel());
		assertThat(codec.isOwn(traced.bytes())).isTrue();
		String field = "ab" + ClassicFixture.hex(ClassicFixture.utf8("traceparent")) + "d937"
				+ ClassicFixture.hex(ClassicFixture.utf8(trace.value()));
		assertThat(ClassicFixture.hex(traced.bytes()))
			.isEqualTo(ClassicFixture.hex(plain.bytes()).replace("83a5726f6f6d73", "84" + field + "a5726f6f6d73"));
		ClassicCodec other = ClassicFixture.codec("/", "other_");
		Broadcast read = (requestId != null)
				? (Broadcast) ((ClassicRequest.Known) Objects
					.requireNonNull(other.decodeRequest(traced.bytes(), false))).message()
				: other.decodeBroadcast(traced.bytes());
		assertThat(read).isNotNull();
		assertThat(read.trace()).isEqualTo(trace);
		assertThat(read.options()).isEqualTo(BroadcastOptions.ALL);
		read.packet().release();
	}

	@Test
	void capturedBytesAreRead() throws Exception {
		assertBroadcast(read(PLAIN), List.of("e", "x"), BroadcastOptions.ALL);
		assertBroadcast(read(BINARY), List.of("bin", new byte[] { 1, 2, 3 }, Map.of("b", new byte[] { 4 })),
				BroadcastOptions.ALL);
		assertBroadcast(read(ONE_ROOM), List.of("r", "x"), ClassicFixture.options(Set.of("room1"), Set.of()));
		assertBroadcast(read(FLAGS), List.of("r2"),
				new BroadcastOptions(Set.of("room1", "room2"), Set.of("bad"), false, true, 0));
		Broadcast admin = ClassicFixture.codec("/admin", "other_").decodeBroadcast(ClassicFixture.hex(ADMIN));
		assertBroadcast(admin, List.of("n", 1), BroadcastOptions.ALL);
	}

	@Test
	void bytesOfEmittersAreRead() throws Exception {
		assertBroadcast(read(EMITTER), List.of("hello", "world"), BroadcastOptions.ALL);
		assertBroadcast(read(EMITTER_BINARY), List.of("bin", new byte[] { 1, 2, 3 }), BroadcastOptions.ALL);
		assertBroadcast(read(EMITTER_ROOM), List.of("r", 1), ClassicFixture.options(Set.of("room1"), Set.of()));
	}

	@Test
	void broadcastWithAcknowledgementsIsRead() throws Exception {
		ClassicRequest request = this.other.decodeRequest(ClassicFixture.hex(WITH_ACK));
		assertThat(request).isInstanceOfSatisfying(ClassicRequest.Known.class, (known) -> {
			assertThat(known.uid()).isEqualTo("PcskII");
			Broadcast broadcast = (Broadcast) known.message();
			assertThat(broadcast.requestId()).isEqualTo("FR25Vr");
			assertThat(broadcast.options()).isEqualTo(new BroadcastOptions(Set.of(), Set.of(), false, false, 500));
			assertThat(broadcast.packet().data()).containsExactly("ping1", "q");
			assertThat(broadcast.packet().ackId()).isEqualTo(SocketPacket.NO_ID);
			broadcast.packet().release();
		});
	}

	@Test
	void ownBroadcastsAreLeftOff() throws Exception {
		assertThat(this.codec.decodeBroadcast(ClassicFixture.hex(PLAIN))).isNull();
		assertThat(this.codec.decodeRequest(ClassicFixture.hex(WITH_ACK))).isNull();
		assertThat(this.other.decodeBroadcast(ClassicFixture.hex(PLAIN))).isNotNull();
	}

	@ParameterizedTest
	@MethodSource("minimalForms")
	void whatIsMissingIsEmpty(Object options) throws Exception {
		byte[] bytes = pack(List.of("x", Map.of("type", 2, "data", List.of("e")), options));
		assertBroadcast(this.codec.decodeBroadcast(bytes), List.of("e"), BroadcastOptions.ALL);
	}

	static Stream<Object> minimalForms() {
		return Stream.of(Map.of(), Map.of("rooms", List.of()), Map.of("rooms", List.of(), "flags", Map.of()),
				Collections.singletonMap("except", null));
	}

	@Test
	void numbersAreNamesOfRooms() throws Exception {
		byte[] bytes = pack(List.of("x", Map.of("type", 2, "data", List.of("e")), Map.of("rooms", List.of(42, "b"))));
		assertBroadcast(this.codec.decodeBroadcast(bytes), List.of("e"),
				ClassicFixture.options(Set.of("42", "b"), Set.of()));
	}

	@Test
	void typeOfOldEmittersIsAnEvent() throws Exception {
		byte[] bytes = pack(List.of("x", Map.of("type", 5, "data", List.of("e", new byte[] { 1 }), "nsp", "/"),
				Map.of("rooms", List.of(), "except", List.of(), "flags", Map.of()), "more"));
		assertBroadcast(this.codec.decodeBroadcast(bytes), List.of("e", new byte[] { 1 }), BroadcastOptions.ALL);
	}

	@Test
	void payloadsTravel() throws Exception {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		map.put("z", null);
		map.put("a", Arrays.asList(1.5, -1, null, true, new byte[0]));
		List<@Nullable Object> args = Arrays.asList("\u00e9\ud83d\ude00", 0, 127, 128, 1L << 32, -(1L << 40),
				Long.MAX_VALUE, Long.MIN_VALUE, new BigInteger("18446744073709551615"), 1e100, -0.25, false, null,
				List.of(), Map.of(), map, "x".repeat(70_000), new byte[70_000]);
		ClassicMessage message = ClassicFixture.broadcast(this.codec, "/", BroadcastOptions.ALL, "e", args.toArray());
		Broadcast broadcast = this.other.decodeBroadcast(message.bytes());
		assertThat(broadcast).isNotNull();
		List<@Nullable Object> data = broadcast.packet().data();
		assertThat(data.subList(1, data.size())).usingRecursiveComparison().isEqualTo(args);
		assertThat(((Map<?, ?>) data.get(16)).keySet()).extracting(Object::toString).containsExactly("z", "a");
		broadcast.packet().release();
	}

	@Test
	void applicationsOwnTypesTravelAsTheyDoToClients() throws Exception {
		record Point(int x, byte[] y) {
		}
		ClassicMessage message = ClassicFixture.broadcast(this.codec, "/", BroadcastOptions.ALL, "e",
				new Point(1, new byte[] { 2 }), 5.0, Double.NaN);
		assertBroadcast(this.other.decodeBroadcast(message.bytes()),
				Arrays.asList("e", Map.of("x", 1, "y", new byte[] { 2 }), 5, null), BroadcastOptions.ALL);
	}

	@Test
	void placeholderThatAClientHasMadeUpIsAnOrdinaryObject() throws Exception {
		Map<String, Object> made = Map.of("_placeholder", true, "num", 7);
		for (Object second : new Object[] { "text", new byte[] { 1 } }) {
			ClassicMessage message = ClassicFixture.broadcast(this.codec, "/", BroadcastOptions.ALL, "e", made, second);
			assertBroadcast(this.other.decodeBroadcast(message.bytes()), List.of("e", made, second),
					BroadcastOptions.ALL);
		}
	}

	@Test
	void whatClientsMayNestTravels() throws Exception {
		Object nested = "x";
		for (int i = 0; i < PacketLimits.MAX_DEPTH; i++) {
			nested = (i % 2 == 0) ? Map.of("k", nested) : List.of(nested);
		}
		ClassicMessage message = ClassicFixture.broadcast(this.codec, "/", BroadcastOptions.ALL, "e", nested);
		assertBroadcast(this.other.decodeBroadcast(message.bytes()), List.of("e", nested), BroadcastOptions.ALL);
	}

	@Test
	void payloadOfAnotherNamespaceIsNotSent() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ClassicFixture.broadcast(this.codec, "/chat", BroadcastOptions.ALL, "e"));
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void malformedBroadcastIsRefused(Object tree) {
		byte[] bytes = pack(tree);
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decodeBroadcast(bytes));
	}

	static Stream<Arguments> malformed() {
		Map<String, Object> packet = Map.of("type", 2, "data", List.of("e"), "nsp", "/");
		return Stream
			.of(List.of(), List.of("x", packet), Map.of("a", 1), 5, "text", List.of("x", 5, Map.of()),
					List.of("x", packet, 5), Arrays.asList("x", packet, null),
					List.of("x", Map.of("type", 2, "data", List.of("e"), "nsp", "/other"), Map.of()),
					List.of("x", Map.of("type", 3, "data", List.of("e")), Map.of()),
					List.of("x", Map.of("data", List.of("e")), Map.of()), List.of("x", Map.of("type", 2), Map.of()),
					List.of("x", Map.of("type", 2, "data", List.of()), Map.of()),
					List.of("x", Map.of("type", 2, "data", "e"), Map.of()),
					List.of("x", Map.of("type", 2, "data", List.of(5)), Map.of()),
					List.of("x", Map.of("type", 2, "data", List.of("connect")), Map.of()),
					List.of("x", packet, Map.of("rooms", "r")), List.of("x", packet, Map.of("rooms", List.of(true))),
					List.of("x", packet, Map.of("except", List.of(List.of()))))
			.map((tree) -> Arguments.of(tree));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "c1", "93", "93a178", "dd7fffffff", "ddffffffff", "df7fffffff", "c67fffffff",
			"93a178db7fffffff", "93dbffffffff", "93a178c97fffffff00", "94a17880c0c6ffffffff" })
	void whatEndsEarlyIsRefused(String hex) {
		byte[] bytes = ClassicFixture.hex(hex);
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decodeBroadcast(bytes));
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decodeRequest(bytes));
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.codec.decodeResponse(bytes, (id) -> true));
	}

	@Test
	void broadcastIsNeitherShorterNorLonger() {
		byte[] bytes = ClassicFixture.hex(FLAGS);
		for (int length = 0; length < bytes.length; length++) {
			byte[] part = Arrays.copyOf(bytes, length);
			assertThatExceptionOfType(MalformedMessageException.class)
				.isThrownBy(() -> this.other.decodeBroadcast(part));
		}
		byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.other.decodeBroadcast(longer));
	}

	@Test
	void hugeOrDeepMessageIsRefused() {
		byte[] huge = new byte[Bounds.MAX_MESSAGE + 1];
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decodeBroadcast(huge));
		byte[] deep = new byte[1_000_000];
		Arrays.fill(deep, (byte) 0x91);
		deep[0] = (byte) 0x93;
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decodeBroadcast(deep));
		Arrays.fill(deep, (byte) '[');
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decodeRequest(deep));
		deep[0] = '{';
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decodeRequest(deep));
	}

	private @Nullable Broadcast read(String hex) throws MalformedMessageException {
		return this.other.decodeBroadcast(ClassicFixture.hex(hex));
	}

	private static byte[] pack(Object tree) {
		return new MessagePackWriter().value(tree).toByteArray();
	}

	private static void assertSent(ClassicMessage message, String channel, String hex) {
		assertThat(message.channel()).isEqualTo(channel);
		assertThat(ClassicFixture.hex(message.bytes())).isEqualTo(hex);
	}

	private static void assertBroadcast(@Nullable Broadcast broadcast, List<@Nullable Object> data,
			BroadcastOptions options) {
		assertThat(broadcast).isNotNull();
		assertThat(broadcast.requestId()).isNull();
		assertThat(broadcast.options()).isEqualTo(options);
		assertThat(broadcast.packet().ackId()).isEqualTo(SocketPacket.NO_ID);
		assertThat(broadcast.packet().data()).usingRecursiveComparison().isEqualTo(data);
		broadcast.packet().release();
	}

}
