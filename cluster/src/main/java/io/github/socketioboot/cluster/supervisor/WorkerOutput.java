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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Copies what a process writes, line by line and marked, to an output that many share.
 * Each call of {@link #copy} works on its own; a line is never torn by another's.
 */
final class WorkerOutput {

	/**
	 * Longest line in bytes; a longer one is cut into several.
	 */
	static final int MAX_LINE_LENGTH = 64 * 1024;

	private static final int BUFFER_SIZE = 8 * 1024;

	private final PrintStream target;

	private final byte[] mark;

	private final byte[] buffer = new byte[BUFFER_SIZE];

	/**
	 * Lines that are complete, not yet written.
	 */
	private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

	/**
	 * Beginning of a line.
	 */
	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	WorkerOutput(PrintStream target, int index) {
		this.target = target;
		this.mark = ("[worker " + index + "] ").getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Copy what there is. Blocks while the process lives and has nothing to say, and
	 * while the output takes nothing; what a broken output does not take is dropped.
	 * @param in where to read from; ended by its end or its failure
	 */
	void copy(InputStream in) {
		try {
			int read = in.read(this.buffer);
			while (read >= 0) {
				split(read);
				write();
				read = in.read(this.buffer);
			}
		}
		catch (IOException ex) {
			// the process has ended, and its pipe with it
		}
	}

	/**
	 * Write the last line if nothing has ended it.
	 */
	void finish() {
		if (this.line.size() > 0) {
			endLine();
			write();
		}
	}

	private void split(int length) {
		int start = 0;
		for (int i = 0; i < length; i++) {
			if (this.buffer[i] == '\n') {
				append(start, i);
				endLine();
				start = i + 1;
			}
		}
		append(start, length);
	}

	private void append(int start, int end) {
		int from = start;
		while (this.line.size() + end - from > MAX_LINE_LENGTH) {
			int fits = MAX_LINE_LENGTH - this.line.size();
			this.line.write(this.buffer, from, fits);
			endLine();
			from += fits;
		}
		this.line.write(this.buffer, from, end - from);
	}

	private void endLine() {
		this.lines.writeBytes(this.mark);
		this.lines.writeBytes(this.line.toByteArray());
		this.lines.write('\n');
		this.line.reset();
	}

	private void write() {
		if (this.lines.size() > 0) {
			// one call: a print stream lets nobody in between
			byte[] bytes = this.lines.toByteArray();
			this.lines.reset();
			this.target.write(bytes, 0, bytes.length);
			this.target.flush();
		}
	}

}
