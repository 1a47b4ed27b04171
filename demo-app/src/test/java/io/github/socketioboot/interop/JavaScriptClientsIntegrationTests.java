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

package io.github.socketioboot.interop;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official JavaScript clients against our server. The same program is run against
 * Node's server, to show that it asks for what Socket.IO does.
 */
class JavaScriptClientsIntegrationTests {

	@BeforeAll
	static void needNode() {
		NodeProgram.assumeAvailable();
	}

	@TestFactory
	Stream<DynamicContainer> ourServer() {
		return Stream.of("4", "3", "2").map((version) -> client(version, SpringServer::new));
	}

	@TestFactory
	Stream<DynamicContainer> nodeServer() {
		return Stream.of("4", "3", "2").map((version) -> client(version, NodeServer::new));
	}

	private static DynamicContainer client(String version, Supplier<InteropServer> server) {
		Run run = new Run(version, server);
		Stream<DynamicTest> tests = StreamSupport
			.stream(Spliterators.spliteratorUnknownSize(run, Spliterator.ORDERED), false)
			.onClose(run::close);
		return DynamicContainer.dynamicContainer("socket.io-client " + version, tests);
	}

	/**
	 * One run of the program: each line that it prints is a test. Starts when the first
	 * one is asked for.
	 */
	private static final class Run implements Iterator<DynamicTest> {

		private final String version;

		private final Supplier<InteropServer> servers;

		private @Nullable InteropServer server;

		private @Nullable NodeProgram program;

		private @Nullable DynamicTest next;

		private int count;

		private boolean ended;

		Run(String version, Supplier<InteropServer> servers) {
			this.version = version;
			this.servers = servers;
		}

		@Override
		public boolean hasNext() {
			if (this.next == null && !this.ended) {
				this.next = advance();
			}
			return this.next != null;
		}

		@Override
		public DynamicTest next() {
			if (!hasNext() || this.next == null) {
				throw new NoSuchElementException();
			}
			DynamicTest test = this.next;
			this.next = null;
			return test;
		}

		private DynamicTest advance() {
			if (this.server == null) {
				this.server = this.servers.get();
			}
			if (this.program == null) {
				this.program = NodeProgram.start("interop.js", this.version, "http://localhost:" + this.server.port());
			}
			JsonNode line = this.program.line();
			while (line != null && line.has("ask")) {
				this.server.restart();
				this.program.answer("done");
				line = this.program.line();
			}
			if (line == null) {
				this.ended = true;
				String errors = this.program.errors();
				return DynamicTest.dynamicTest("runs to its end", () -> assertThat(errors).isNull());
			}
			if (line.has("end")) {
				this.ended = true;
				int expected = line.get("end").asInt();
				return DynamicTest.dynamicTest("runs to its end", () -> assertThat(this.count).isEqualTo(expected));
			}
			this.count++;
			String error = line.path("error").asString(null);
			return DynamicTest.dynamicTest(line.get("transport").asString() + ": " + line.get("test").asString(),
					() -> assertThat(error).isNull());
		}

		void close() {
			if (this.program != null) {
				this.program.close();
			}
			if (this.server != null) {
				this.server.close();
			}
		}

	}

}
