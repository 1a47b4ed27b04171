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

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TraceParentTests {

	@ParameterizedTest
	@ValueSource(strings = { "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
			"cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03" })
	void headersAreRead(String header) {
		TraceParent trace = TraceParent.read(header);
		assertThat(trace).isNotNull();
		assertThat(trace.isValid()).isTrue();
		assertThat(trace.value()).isEqualTo(header);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
			"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
			"00-00000000000000000000000000000000-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
			"ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\n-01" })
	void whatIsNoHeaderIsNoTrace(String header) {
		assertNone(TraceParent.read(header));
		assertNone(TraceParent.read(header.repeat(100_000)));
	}

	@Test
	void whatIsNoTextIsNoTrace() {
		assertThat(TraceParent.read(null)).isNull();
		assertNone(TraceParent.read(7));
		assertNone(TraceParent.read(List.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
	}

	private static void assertNone(@Nullable TraceParent trace) {
		assertThat(trace).isNotNull();
		assertThat(trace.isValid()).isFalse();
		assertThat(trace.value()).isEmpty();
	}

}
