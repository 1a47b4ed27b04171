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
import java.util.Random;
import java.util.Set;

import io.github.socketioboot.cluster.message.ClusterMessage.FetchSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastAck;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastClientCount;
import io.github.socketioboot.cluster.message.ClusterResponse.FetchSocketsResponse;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.SocketDetails.HandshakeDetails;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Tests that {@link ClassicCodec} reads or refuses whatever comes.
 */
class ClassicMutationTests {

	private static final int MUTATIONS = 20_000;

	private final ClassicCodec codec = ClassicFixture.codec("/", "PcskII");

	private final ClassicCodec other = ClassicFixture.codec("/", "other_");

	@Test
	void mutationsAreReadOrRefused() {
		Random random = new Random(11);
		List<byte[]> originals = originals();
		int refused = 0;
		for (int i = 0; i < MUTATIONS; i++) {
			byte[] bytes = mutate(originals.get(random.nextInt(originals.size())), random);
			refused += isRefused(bytes, () -> this.other.decodeBroadcast(bytes)) ? 1 : 0;
			refused += isRefused(bytes, () -> this.other.decodeRequest(bytes)) ? 1 : 0;
			refused += isRefused(bytes, () -> this.other.decodeResponse(bytes, (id) -> true)) ? 1 : 0;
		}
		assertThat(refused).isBetween(MUTATIONS, 3 * MUTATIONS - 1);
	}

	@Test
	void noiseIsReadOrRefused() {
		Random random = new Random(12);
		int refused = 0;
		for (int i = 0; i < MUTATIONS; i++) {
			byte[] bytes = new byte[random.nextInt(64)];
			random.nextBytes(bytes);
			refused += isRefused(bytes, () -> this.other.decodeBroadcast(bytes)) ? 1 : 0;
			refused += isRefused(bytes, () -> this.other.decodeRequest(bytes)) ? 1 : 0;
			refused += isRefused(bytes, () -> this.other.decodeResponse(bytes, (id) -> true)) ? 1 : 0;
		}
		assertThat(refused).isPositive();
	}

	private List<byte[]> originals() {
		BroadcastOptions options = new BroadcastOptions(Set.of("r", "s"), Set.of("t"), false, true, 500);
		HandshakeDetails handshake = new HandshakeDetails(Map.of("a", List.of("x", "y")), "::1", true, true, 5, "/",
				Map.of("q", List.of("1")), Map.of("t", 1));
		SocketDetails socket = new SocketDetails("s", handshake, Set.of("s"), Map.of("bytes", new byte[] { 1, 2 }));
		Object[] args = { "x", 1.5, 1L << 40, new byte[] { 1 }, Map.of("k", Arrays.asList(null, true, "\u00e9")) };
		return List.of(ClassicFixture.broadcast(this.codec, "/", options, "event", args).bytes(),
				ClassicFixture.broadcastWithAck(this.codec, "/", options, "id", "event", args).bytes(),
				ClassicFixture.hex("93a178" + "82a47479706502a464617461" + "93a165d6ff00000000d7ff1dcd650000000001"
						+ "81a5726f6f6d73912a"),
				this.codec.encode(new SocketsJoin(options, List.of("r"))).bytes(),
				this.codec.encode(new FetchSockets(options, "id")).bytes(),
				this.codec.encode(new ServerSideEmit(Arrays.asList("event", new byte[] { 1 }, "x"), "id")).bytes(),
				this.codec.encodeResponse("", new FetchSocketsResponse("id", List.of(socket), true)).bytes(),
				this.codec.encodeResponse("", new BroadcastClientCount("id", 2)).bytes(),
				this.codec.encodeResponse("", new BroadcastAck("id", args[4])).bytes());
	}

	private static byte[] mutate(byte[] original, Random random) {
		byte[] bytes = original.clone();
		for (int change = random.nextInt(3); change >= 0; change--) {
			bytes = mutateOnce(bytes, random);
		}
		return bytes;
	}

	private static byte[] mutateOnce(byte[] bytes, Random random) {
		int place = random.nextInt(bytes.length);
		int kind = random.nextInt(4);
		if (kind == 0) {
			return Arrays.copyOf(bytes, place + 1);
		}
		if (kind == 1) {
			bytes[place] ^= (byte) (1 << random.nextInt(8));
		}
		else if (kind == 2) {
			int length = Math.min(1 + random.nextInt(8), bytes.length - place);
			System.arraycopy(bytes, place, bytes, random.nextInt(bytes.length - length + 1), length);
		}
		else {
			bytes[place] = (byte) random.nextInt(256);
		}
		return bytes;
	}

	private static boolean isRefused(byte[] bytes, Decoding decoding) {
		try {
			decoding.run();
			return false;
		}
		catch (MalformedMessageException ex) {
			return true;
		}
		catch (RuntimeException | Error ex) {
			return fail("not refused: " + ClassicFixture.hex(bytes), ex);
		}
	}

	/**
	 * Reads a message.
	 */
	private interface Decoding {

		void run() throws MalformedMessageException;

	}

}
