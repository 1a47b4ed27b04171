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

package io.github.socketioboot.autoconfigure.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.supervisor.WorkerCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerCommandsTests {

	private static final WorkerIdentity IDENTITY = new WorkerIdentity(Path.of("private"), "secret", "host", 2, 7,
			"abcd");

	@Test
	void workerKnowsWhoItIs() {
		WorkerCommand command = create(Map.of(), Map.of());
		assertThat(WorkerIdentity.from(command.environment())).isEqualTo(IDENTITY);
		assertThat(command.command()).containsExactly("java", "-jar", "app.jar");
		assertThat(command.directory().toPath()).isEqualTo(Path.of("").toAbsolutePath());
	}

	@Test
	void variablesAreInheritedAndAdded() {
		assertThat(create(Map.of("A", "1", "B", "1"), Map.of("B", "2", "C", "2")).environment()).containsEntry("A", "1")
			.containsEntry("B", "2")
			.containsEntry("C", "2");
	}

	@Test
	void optionsInVariablesAreNotGivenTwice() {
		assertThat(create(Map.of("JAVA_TOOL_OPTIONS", "-Da=b", "JDK_JAVA_OPTIONS", "-Da=b", "_JAVA_OPTIONS", "-Da=b"),
				Map.of())
			.environment()).doesNotContainKeys("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");
	}

	@Test
	void optionsInAddedVariablesAreTheWorkers() {
		assertThat(create(Map.of("JAVA_TOOL_OPTIONS", "-Da=b"), Map.of("JAVA_TOOL_OPTIONS", "-Dc=d")).environment())
			.containsEntry("JAVA_TOOL_OPTIONS", "-Dc=d");
	}

	private static WorkerCommand create(Map<String, String> inherited, Map<String, String> added) {
		return WorkerCommands.of(new WorkerCommandLine(List.of("java", "-jar", "app.jar")), inherited, added)
			.create(IDENTITY);
	}

}
