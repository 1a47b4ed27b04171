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

package io.github.socketioboot.test;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureSocketIo}: each auto-configuration of the server is part
 * of the slice, or left out on purpose.
 */
class AutoConfigureSocketIoTests {

	private static final String OURS = "io.github.socketioboot.";

	/**
	 * What a test of handlers can do without: other servers, and what operators look at.
	 */
	private static final Set<String> LEFT_OUT = Set.of("admin", "endpoint", "health", "logging", "metrics",
			"observation", "redis", "tracing");

	@Test
	void sliceHasTheAutoConfigurationsOfHandlers() {
		List<String> slice = candidates(AutoConfigureSocketIo.class);
		assertThat(candidates(AutoConfiguration.class)).filteredOn((name) -> name.startsWith(OURS))
			.hasSizeGreaterThan(5)
			.filteredOn((name) -> LEFT_OUT.stream().noneMatch((part) -> name.contains("." + part + ".")))
			.allSatisfy((name) -> assertThat(slice).containsAnyOf(name, "optional:" + name));
	}

	private static List<String> candidates(Class<?> annotation) {
		return ImportCandidates.load(annotation, annotation.getClassLoader()).getCandidates();
	}

}
