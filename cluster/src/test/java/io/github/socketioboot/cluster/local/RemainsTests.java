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

package io.github.socketioboot.cluster.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.socketioboot.cluster.link.WorkerIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RemainsTests {

	private static final Duration LIMIT = Duration.ofSeconds(15);

	@TempDir
	private Path parent;

	private WorkerIdentity identity;

	@BeforeEach
	void makeFolder() throws Exception {
		Path directory = Files.createDirectory(this.parent.resolve("private"));
		this.identity = new WorkerIdentity(directory, "token", "host", 0, 1, "abcd");
		Files.createFile(this.identity.linkSocket());
	}

	@Test
	void removesWhatADeadPrimaryHasLeft() throws Exception {
		new Remains(this.identity, deadProcess()).remove();
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.identity.directory()).doesNotExist());
	}

	@Test
	void leavesTheFolderToTheLastWorker() throws Exception {
		Files.createFile(this.identity.proxySocket());
		new Remains(this.identity, deadProcess()).remove();
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.identity.linkSocket()).doesNotExist());
		assertThat(this.identity.proxySocket()).exists();
		Files.delete(this.identity.proxySocket());
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.identity.directory()).doesNotExist());
	}

	@Test
	void touchesNothingOfAPrimaryThatLives() {
		new Remains(this.identity, ProcessHandle.current().pid()).remove();
		await().during(Duration.ofMillis(500))
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.identity.linkSocket()).exists());
	}

	private static long deadProcess() throws Exception {
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-version")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		process.waitFor();
		return process.pid();
	}

}
