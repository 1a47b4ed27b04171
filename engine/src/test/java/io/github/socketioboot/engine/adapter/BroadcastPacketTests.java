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

package io.github.socketioboot.engine.adapter;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.PacketFormatException;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BroadcastPacket}.
 */
class BroadcastPacketTests {

	private final SocketPacketEncoder encoder = new SocketPacketEncoder(JsonMapper.builder().build());

	private String text(BroadcastPacket packet) {
		ByteBuf text = packet.encoded(this.encoder, "/a").text();
		try {
			return text.toString(StandardCharsets.UTF_8);
		}
		finally {
			text.release();
		}
	}

	@Test
	void getsAnIdWhetherItIsEncodedOrNot() throws Exception {
		BroadcastPacket own = new BroadcastPacket("e", List.of("x"), SocketPacket.NO_ID);
		BroadcastPacket asking = own.withAckId("/a", 7);
		assertThat(text(own)).isEqualTo("42/a,[\"e\",\"x\"]");
		assertThat(text(asking)).isEqualTo("42/a,7[\"e\",\"x\"]");
		assertThat(asking.ackId()).isEqualTo(7);
		EncodedPacket encoded = asking.encoded().retain();
		BroadcastPacket foreign = new BroadcastPacket(encoded, 7);
		BroadcastPacket answered = foreign.withAckId("/a", 12);
		assertThat(text(answered)).isEqualTo("42/a,12[\"e\",\"x\"]");
		assertThat(answered.ackId()).isEqualTo(12);
		List.of(own, asking, foreign, answered).forEach(BroadcastPacket::release);
		assertThat(encoded.refCnt()).isZero();
	}

	@Test
	void packetOfAnotherNodeNeedsAnIdToGetAnother() {
		BroadcastPacket own = new BroadcastPacket("e", List.of(), SocketPacket.NO_ID);
		EncodedPacket encoded = own.encoded(this.encoder, "/a").retain();
		BroadcastPacket foreign = new BroadcastPacket(encoded, SocketPacket.NO_ID);
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> foreign.withAckId("/a", 1));
		own.release();
		foreign.release();
		assertThat(encoded.refCnt()).isZero();
	}

}
