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
import java.util.Set;

import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Codecs of some members, and what they write and read.
 */
final class ClassicFixture {

	static final SocketPacketEncoder ENCODER = new SocketPacketEncoder(JsonMapper.builder().build());

	private ClassicFixture() {
	}

	static ClassicCodec codec(String namespace, String uid) {
		return new ClassicCodec(new ClassicChannels(ClassicChannels.DEFAULT_KEY, namespace), uid, false, ENCODER);
	}

	static BroadcastOptions options(Set<String> rooms, Set<String> except) {
		return new BroadcastOptions(rooms, except, false, false, 0);
	}

	static ClassicMessage broadcast(ClassicCodec codec, String namespace, BroadcastOptions options, String event,
			@Nullable Object... args) {
		return encode(codec, namespace, options, null, event, args);
	}

	static ClassicMessage broadcastWithAck(ClassicCodec codec, String namespace, BroadcastOptions options,
			String requestId, String event, @Nullable Object... args) {
		return encode(codec, namespace, options, requestId, event, args);
	}

	private static ClassicMessage encode(ClassicCodec codec, String namespace, BroadcastOptions options,
			@Nullable String requestId, String event, @Nullable Object... args) {
		List<@Nullable Object> list = Arrays.asList(args);
		BroadcastPacket packet = new BroadcastPacket(event, list, (requestId != null) ? 17 : SocketPacket.NO_ID);
		packet.encoded(ENCODER, namespace);
		try {
			return codec.encode(new Broadcast(packet, options, requestId));
		}
		finally {
			packet.release();
		}
	}

	static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static String text(ClassicMessage message) {
		return new String(message.bytes(), StandardCharsets.UTF_8);
	}

}
