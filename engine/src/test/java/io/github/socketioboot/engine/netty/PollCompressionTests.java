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

package io.github.socketioboot.engine.netty;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import io.github.socketioboot.engine.netty.PollCompression.Coding;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PollCompression}.
 */
class PollCompressionTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "gzip|GZIP", "deflate|DEFLATE", "gzip, deflate, br|GZIP", "br|", "''|", "identity|", "gzip;q=0|",
					"gzip;q=0, deflate|DEFLATE", "deflate, gzip|GZIP", "gzip;q=0.5, deflate;q=0.8|DEFLATE", "*|GZIP",
					"*;q=0|", "gzip;q=0, *|DEFLATE", "identity, gzip;q=0.5|", "identity;q=0.5, gzip|GZIP", "GZIP|GZIP",
					"x-gzip|GZIP", "gzip ; q=0.3|GZIP", "gzip;Q=0|", "gzip;q=nonsense|", "gzip;q=|", "gzip;q=9|",
					"gzip;q=1e9|", ",,gzip,|GZIP", "gzip;q=0.000, deflate;q=0.001|DEFLATE", "gzipped|", ";q=1|",
					"br;q=0, gzip|GZIP" })
	void choosesWhatTheClientLikesBest(String header, @Nullable Coding expected) {
		assertThat(new PollCompression(0).choose(header, 1)).isEqualTo(expected);
	}

	@Test
	void choosesNothingForClientsThatDoNotSay() {
		assertThat(new PollCompression(0).choose(null, 5000)).isNull();
	}

	@Test
	void choosesNothingBelowTheThreshold() {
		PollCompression compression = new PollCompression(1024);
		assertThat(compression.choose("gzip", 1023)).isNull();
		assertThat(compression.choose("gzip", 1024)).isEqualTo(Coding.GZIP);
		assertThat(new PollCompression(-1).choose("gzip", 1024)).isNull();
	}

	@Test
	void choosesNothingForLongAnswers() {
		assertThat(new PollCompression(1024).choose("gzip", PollCompression.MAX_LENGTH)).isEqualTo(Coding.GZIP);
		assertThat(new PollCompression(1024).choose("gzip", PollCompression.MAX_LENGTH + 1)).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void compressesText(Coding coding) throws IOException {
		byte[] text = "4{\"hello\":\"world €\"}\u001e".repeat(500).getBytes(StandardCharsets.UTF_8);
		byte[] compressed = compress(Unpooled.directBuffer().writeBytes(text), coding);
		assertThat(compressed.length).isLessThan(text.length / 10);
		assertThat(decompress(compressed, coding)).isEqualTo(text);
	}

	@ParameterizedTest
	@EnumSource
	void compressesWhatCannotBeCompressed(Coding coding) throws IOException {
		byte[] noise = new byte[PollCompression.MAX_LENGTH];
		new Random(1).nextBytes(noise);
		assertThat(decompress(compress(Unpooled.wrappedBuffer(noise), coding), coding)).isEqualTo(noise);
	}

	@ParameterizedTest
	@EnumSource
	void compressesNothing(Coding coding) throws IOException {
		assertThat(decompress(compress(Unpooled.buffer(), coding), coding)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void compressesBuffersOfSeveralParts(Coding coding) throws IOException {
		CompositeByteBuf body = Unpooled.compositeBuffer();
		for (int i = 0; i < 10; i++) {
			body.addComponent(true, Unpooled.copiedBuffer("part " + i + ", ", StandardCharsets.UTF_8));
		}
		body.skipBytes(5);
		assertThat(new String(decompress(compress(body, coding), coding), StandardCharsets.UTF_8))
			.isEqualTo("0, part 1, part 2, part 3, part 4, part 5, part 6, part 7, part 8, part 9, ");
	}

	@Test
	void releasesTheBodyWhenNoMemoryIsLeft() {
		ByteBuf body = Unpooled.directBuffer().writeZero(2000);
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> PollCompression.compress(body, Coding.GZIP, new EmptyAllocator()));
		assertThat(body.refCnt()).isZero();
	}

	private static byte[] compress(ByteBuf body, Coding coding) {
		ByteBuf compressed = PollCompression.compress(body, coding, ByteBufAllocator.DEFAULT);
		try {
			assertThat(body.refCnt()).isZero();
			return ByteBufUtil.getBytes(compressed);
		}
		finally {
			compressed.release();
		}
	}

	private static byte[] decompress(byte[] compressed, Coding coding) throws IOException {
		InputStream input = new ByteArrayInputStream(compressed);
		try (InputStream decompressed = (coding == Coding.GZIP) ? new GZIPInputStream(input)
				: new InflaterInputStream(input)) {
			return decompressed.readAllBytes();
		}
	}

	private static final class EmptyAllocator extends AbstractByteBufAllocator {

		@Override
		protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
			throw new IllegalStateException("no memory");
		}

		@Override
		protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
			throw new IllegalStateException("no memory");
		}

		@Override
		public boolean isDirectBufferPooled() {
			return false;
		}

	}

}
