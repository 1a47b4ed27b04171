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

package io.github.socketioboot.cluster.supervisor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerOutput}.
 */
class WorkerOutputTests {

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();

	private final WorkerOutput output = new WorkerOutput(new PrintStream(this.written), 3);

	@Test
	void marksEachLine() {
		copy("one\n\ntwo\n");
		assertThat(text()).isEqualTo("[worker 3] one\n[worker 3] \n[worker 3] two\n");
	}

	@Test
	void putsALineTogetherFromItsParts() {
		copy("o");
		assertThat(text()).isEmpty();
		copy("ne\ntw");
		assertThat(text()).isEqualTo("[worker 3] one\n");
		copy("o");
		this.output.finish();
		assertThat(text()).isEqualTo("[worker 3] one\n[worker 3] two\n");
		this.output.finish();
		assertThat(text()).hasSize(30);
	}

	@Test
	void keepsBytesAsTheyAre() {
		copy("grüße\r\n");
		assertThat(text()).isEqualTo("[worker 3] grüße\r\n");
	}

	@Test
	void cutsALineThatIsTooLong() {
		copy("x".repeat(WorkerOutput.MAX_LINE_LENGTH) + "\n");
		copy("y".repeat(2 * WorkerOutput.MAX_LINE_LENGTH + 1) + "\n");
		List<String> lines = text().lines().toList();
		assertThat(lines).hasSize(4);
		assertThat(lines).element(0).asString().hasSize(11 + WorkerOutput.MAX_LINE_LENGTH);
		assertThat(lines).element(2).asString().hasSize(11 + WorkerOutput.MAX_LINE_LENGTH);
		assertThat(lines).element(3).isEqualTo("[worker 3] y");
	}

	@Test
	void writesWhatItHasWhenItsSourceFails() {
		this.output.copy(new InputStream() {

			private int position;

			@Override
			public int read() throws IOException {
				throw new IOException("closed");
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				if (this.position++ > 0) {
					throw new IOException("closed");
				}
				bytes[offset] = 'x';
				return 1;
			}

		});
		this.output.finish();
		assertThat(text()).isEqualTo("[worker 3] x\n");
	}

	private void copy(String text) {
		this.output.copy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
	}

	private String text() {
		return this.written.toString(StandardCharsets.UTF_8);
	}

}
