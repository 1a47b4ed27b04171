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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links of all pages lead to files and headings that are there, and the index to every
 * page.
 */
class LinksTests {

	private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");

	private static final List<Page> PAGES = Page.all();

	@Test
	void linksLeadToFilesAndHeadings() {
		List<String> lost = new ArrayList<>();
		int links = 0;
		for (Page page : PAGES) {
			Matcher matcher = LINK.matcher(page.prose());
			while (matcher.find()) {
				links++;
				if (!leads(page, matcher.group(1), matcher.group(2))) {
					lost.add(page + ": " + matcher.group());
				}
			}
		}
		assertThat(lost).isEmpty();
		assertThat(links).isGreaterThan(60);
	}

	private static boolean leads(Page from, String file, String heading) {
		Path path = file.isEmpty() ? from.file() : from.file().resolveSibling(file).normalize();
		if (!Files.exists(path)) {
			return false;
		}
		return heading == null || PAGES.stream()
			.filter((page) -> page.file().equals(path))
			.anyMatch((page) -> page.anchors().contains(heading));
	}

	@Test
	void theIndexLeadsToEveryPageBesideIt() {
		Path folder = Page.PROJECT.resolve("docs");
		Page index = PAGES.stream()
			.filter((page) -> page.file().equals(folder.resolve("README.md")))
			.findFirst()
			.orElseThrow();
		assertThat(PAGES).filteredOn((page) -> page.file().getParent().equals(folder) && page != index)
			.extracting((page) -> page.file().getFileName().toString())
			.hasSizeGreaterThan(5)
			.filteredOn((name) -> !index.text().contains("(" + name))
			.as("pages that %s does not lead to", index)
			.isEmpty();
	}

}
