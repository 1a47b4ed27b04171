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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.message.MalformedMessageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MessagePackReader} and {@link MessagePackWriter}.
 */
class MessagePackReaderTests {

	static Stream<Arguments> both() {
		return Stream.of(Arguments.of("00", 0), Arguments.of("7f", 127), Arguments.of("cc80", 128),
				Arguments.of("cd0100", 256), Arguments.of("ce00010000", 65_536), Arguments.of("ff", -1),
				Arguments.of("e0", -32), Arguments.of("d0df", -33), Arguments.of("d1ff7f", -129),
				Arguments.of("d2ffff7fff", -32_769), Arguments.of("ceffffffff", 4_294_967_295L),
				Arguments.of("cf0000000100000000", 1L << 32), Arguments.of("d3ffffff0000000000", -(1L << 40)),
				Arguments.of("cfffffffffffffffff", new BigInteger("18446744073709551615")),
				Arguments.of("cb3ff8000000000000", 1.5), Arguments.of("cb7ff0000000000000", Double.POSITIVE_INFINITY),
				Arguments.of("a2c3a9", "\u00e9"), Arguments.of("d920" + "61".repeat(32), "a".repeat(32)),
				Arguments.of("da0100" + "61".repeat(256), "a".repeat(256)), Arguments.of("c403010203", bytes(1, 2, 3)),
				Arguments.of("c50100" + "00".repeat(256), new byte[256]), Arguments.of("c0", null),
				Arguments.of("c2", false), Arguments.of("c3", true), Arguments.of("9301c091c2", list()),
				Arguments.of("80", Map.of()), Arguments.of("81a161c0", Collections.singletonMap("a", null)));
	}

	private static List<@Nullable Object> list() {
		return Arrays.asList(1, null, List.of(false));
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

	@ParameterizedTest
	@MethodSource("both")
	void valuesAreReadAndWritten(String hex, @Nullable Object value) throws Exception {
		assertThat(Arrays.asList(read(hex))).usingRecursiveComparison().isEqualTo(Arrays.asList(value));
		assertThat(ClassicFixture.hex(new MessagePackWriter().value(value).toByteArray())).isEqualTo(hex);
	}

	static Stream<Arguments> read() {
		return Stream.of(
				// Timestamps of four, eight and twelve bytes
				Arguments.of("d6ff00000000", "1970-01-01T00:00:00.000Z"),
				Arguments.of("d7ff1dcd650000000001", "1970-01-01T00:00:01.125Z"),
				Arguments.of("c70cff00000000ffffffffffffffff", "1969-12-31T23:59:59.000Z"),
				Arguments.of("c70cff000000000000004c3b9294a6", "+012345-06-07T08:09:10.000Z"),
				Arguments.of("c70cff00000000fffffff001800e80", "-000207-03-01T00:00:00.000Z"),
				Arguments.of("c70cff000000000000100000000000", null),
				// Old forms of the reference server's library
				Arguments.of("d40000", null), Arguments.of("d7000000000000000001", "1970-01-01T00:00:00.001Z"),
				Arguments.of("c7020001ff", bytes(1, 255)), Arguments.of("d42aff", List.of(42, bytes(255))),
				// As others write
				Arguments.of("ca3fc00000", 1.5), Arguments.of("d30000000000000001", 1),
				Arguments.of("cf0000000000000001", 1), Arguments.of("d900", ""), Arguments.of("dd00000000", List.of()),
				Arguments.of("8101a161", Map.of("1", "a")), Arguments.of("a1ff", "\ufffd"));
	}

	@ParameterizedTest
	@MethodSource("read")
	void valuesOfOthersAreRead(String hex, @Nullable Object value) throws Exception {
		assertThat(Arrays.asList(read(hex))).usingRecursiveComparison().isEqualTo(Arrays.asList(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "c1", "a2", "a261", "c40201", "92c0", "81a161", "81c0c0", "8190c0", "d6ff0000",
			"c70cff00", "c703ff000000", "c70cff000000007fffffffffffffff", "d7fffffffffcffffffff00", "c0c0" })
	void illegalBytesAreRefused(String hex) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> read(hex));
	}

	@Test
	void whatIsNoNumberIsReadAndWritten() throws Exception {
		assertThat(read("cb7ff8000000000000")).isEqualTo(Double.NaN);
		assertThat(ClassicFixture.hex(new MessagePackWriter().value(Double.NaN).toByteArray()))
			.isEqualTo("cb7ff8000000000000");
	}

	@Test
	void nestingIsLimited() throws Exception {
		assertThat(read("91".repeat(Bounds.MAX_DEPTH - 1) + "c0")).isInstanceOf(List.class);
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> read("91".repeat(Bounds.MAX_DEPTH) + "c0"));
	}

	@Test
	void numberOfValuesIsLimited() {
		byte[] bytes = new byte[Bounds.MAX_VALUES + 10];
		Arrays.fill(bytes, (byte) 0xc0);
		System.arraycopy(ClassicFixture.hex("dd" + String.format("%08x", Bounds.MAX_VALUES + 5)), 0, bytes, 0, 5);
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> new MessagePackReader(bytes).readValue())
			.withMessage("too many values");
	}

	private static @Nullable Object read(String hex) throws MalformedMessageException {
		MessagePackReader reader = new MessagePackReader(ClassicFixture.hex(hex));
		Object value = reader.readValue();
		reader.end();
		return value;
	}

}
