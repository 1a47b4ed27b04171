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

package io.github.socketioboot.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code on pages is compiled: each block of Java stands, as it is, in a source in a folder
 * {@code docs}, {@code readme} or {@code com/example} of a module's tests, in more
 * indentation if need be.
 */
class CodeBlocksTests {

	private static final Set<String> OF_THE_BUILD = Set.of("target", "node_modules", "main");

	private static final int MOST_TABS = 4;

	@Test
	void javaIsCompiledInATest() {
		List<Page> sources = Page.files(".java", OF_THE_BUILD).stream().filter(CodeBlocksTests::isForPages).toList();
		List<String> lost = new ArrayList<>();
		int blocks = 0;
		for (CodeBlock block : (Iterable<CodeBlock>) blocks("java")::iterator) {
			blocks++;
			if (sources.stream().noneMatch((source) -> contains(source, block))) {
				lost.add(
						"%s stands in no compiled source. Put it, verbatim, into a class in a folder 'docs' or 'readme'"
							.formatted(block) + " of a module's tests, such as "
								+ CodeBlocksTests.class.getPackageName() + " of demo-app:\n" + block.text());
			}
		}
		assertThat(lost).isEmpty();
		assertThat(blocks).isGreaterThan(5);
	}

	private static boolean isForPages(Page source) {
		String folder = "/" + source.toString().replace('\\', '/');
		return folder.contains("/src/test/java/")
				&& (folder.contains("/docs/") || folder.contains("/readme/") || folder.contains("/com/example/"));
	}

	private static boolean contains(Page source, CodeBlock block) {
		for (int tabs = 0; tabs <= MOST_TABS; tabs++) {
			if (source.text().contains(block.text().indent(0).replaceAll("(?m)^(?=.)", "\t".repeat(tabs)))) {
				return true;
			}
		}
		return false;
	}

	@Test
	void jsonIsWellFormed() {
		JsonMapper mapper = new JsonMapper();
		assertThat(blocks("json")).allSatisfy((block) -> assertThat(mapper.readTree(block.text())).isNotNull());
	}

	private static Stream<CodeBlock> blocks(String language) {
		return Page.all().stream().flatMap((page) -> page.blocks(language).stream());
	}

}
