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
import java.util.Random;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HostFrameCodec}.
 */
class HostFrameCodecTests {

	private static final ClassicMessage MESSAGE = new ClassicMessage("socket.io#/\u00e9#",
			"bytes".getBytes(StandardCharsets.UTF_8));

	static Stream<HostFrame> frames() {
		return Stream.of(new HostFrame.Local("/", MESSAGE), new HostFrame.Relayed("/\u00e9", MESSAGE),
				new HostFrame.Stands("/a", new Standing(true, false)),
				new HostFrame.Stands("/a", new Standing(false, true)), new HostFrame.Attached("/", Long.MAX_VALUE),
				new HostFrame.Detached("/", 1), new HostFrame.Gone("/a"));
	}

	@ParameterizedTest
	@MethodSource("frames")
	void readsWhatItWrites(HostFrame frame) throws Exception {
		ByteBuf bytes = frame.encode();
		HostFrame read = HostFrameCodec.decode(bytes);
		assertThat(read).usingRecursiveComparison().isEqualTo(frame);
		assertThat(read).hasSameClassAs(frame);
		bytes.release();
	}

	@ParameterizedTest
	@MethodSource("frames")
	void refusesWhatIsCutOff(HostFrame frame) {
		ByteBuf bytes = frame.encode();
		int head = bytes.readableBytes() - MESSAGE.bytes().length;
		int required = (frame instanceof HostFrame.Local || frame instanceof HostFrame.Relayed) ? head
				: bytes.readableBytes();
		for (int length = 0; length < required; length++) {
			ByteBuf part = bytes.slice(0, length);
			assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> HostFrameCodec.decode(part));
		}
		bytes.release();
	}

	@ParameterizedTest
	@MethodSource("frames")
	void survivesWhateverComes(HostFrame frame) {
		ByteBuf frameBytes = frame.encode();
		byte[] bytes = ByteBufUtil.getBytes(frameBytes);
		frameBytes.release();
		Random random = new Random(7);
		int refused = 0;
		for (int i = 0; i < 2000; i++) {
			byte[] changed = bytes.clone();
			changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
			try {
				assertThat(HostFrameCodec.decode(Unpooled.wrappedBuffer(changed))).isNotNull();
			}
			catch (MalformedMessageException ex) {
				refused++;
			}
		}
		assertThat(refused).isPositive();
	}

	@Test
	void refusesMessagesOfAClusterWithoutRedis() {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> HostFrameCodec.decode(Unpooled.wrappedBuffer(new byte[] { 1, 1, 0, 0, 0, 0 })))
			.withMessage("unknown version");
	}

}
