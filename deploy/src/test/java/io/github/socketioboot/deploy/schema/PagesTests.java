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

package io.github.socketioboot.deploy.schema;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each folder of recipes has a page, and the index leads to it.
 */
class PagesTests {

	@Test
	void eachFolderHasAPageThatTheIndexNames() {
		Set<String> folders = new TreeSet<>();
		for (Path file : Recipes.all()) {
			folders.add(Recipes.file("").relativize(file).getName(0).toString());
		}
		folders.remove("README.md");
		String index = Recipes.text("README.md");
		assertThat(folders).contains("kubernetes", "nginx").allSatisfy((folder) -> {
			assertThat(Recipes.names(folder)).contains("README.md");
			assertThat(index).contains("(" + folder + "/README.md)");
		});
	}

}
