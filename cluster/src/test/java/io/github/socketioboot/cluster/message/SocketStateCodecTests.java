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
import java.util.Set;

import io.github.socketioboot.engine.adapter.SocketState;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SocketStateCodec}.
 */
class SocketStateCodecTests {

	private final SocketStateCodec codec = new SocketStateCodec(new SocketPacketEncoder(JsonMapper.builder().build()));

	static List<SocketState> states() {
		return List.of(
				new SocketState("id", Set.of("id", "r\u00e9"), Map.of("name", "ann", "list", List.of(1, 1.5, true))),
				new SocketState("id", Set.of(), Map.of("bytes", new byte[] { 1, 2 }, "deep", List.of(new byte[0]))),
				new SocketState("id", Set.of("id"), null), new SocketState("id", Set.of("id"), "text"));
	}

	@ParameterizedTest
	@MethodSource("states")
	void stateIsReadAsItWasWritten(SocketState state) throws Exception {
		assertThat(this.codec.decode(this.codec.encode(state))).usingRecursiveComparison().isEqualTo(state);
	}

	@ParameterizedTest
	@MethodSource("states")
	void noStateIsLongerOrShorter(SocketState state) {
		byte[] bytes = this.codec.encode(state);
		for (int length = 0; length < bytes.length; length++) {
			byte[] part = Arrays.copyOf(bytes, length);
			assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decode(part));
		}
		byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decode(longer));
	}

	@Test
	void otherVersionsAreRefused() {
		byte[] bytes = this.codec.encode(new SocketState("id", Set.of(), null));
		bytes[0]++;
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.codec.decode(bytes))
			.withMessage("unknown version");
	}

	@Test
	void dataWithoutJsonIsLeftOut() throws Exception {
		List<Object> endless = new ArrayList<>();
		endless.add(endless);
		SocketState state = new SocketState("id", Set.of("r"), endless);
		assertThat(this.codec.decode(this.codec.encode(state))).isEqualTo(new SocketState("id", Set.of("r"), null));
	}

}
