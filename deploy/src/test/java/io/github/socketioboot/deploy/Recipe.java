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

package io.github.socketioboot.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The text of a recipe, as users get it. Immutable.
 */
final class Recipe {

	/**
	 * Ports of the nodes in all recipes.
	 */
	static final List<Integer> NODES = List.of(9101, 9102, 9103);

	private final String text;

	private Recipe(String text) {
		this.text = text;
	}

	/**
	 * Read a recipe.
	 * @param folder the balancer's folder
	 * @param file file in it
	 */
	static Recipe read(String folder, String file) {
		try {
			return new Recipe(Files.readString(Path.of(folder, file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Replace a text everywhere; it must be there.
	 */
	Recipe with(String text, String replacement) {
		assertThat(this.text).contains(text);
		return new Recipe(this.text.replace(text, replacement));
	}

	/**
	 * Put other nodes into the places of those of the recipe.
	 * @param ports ports of the nodes, on this machine
	 */
	Recipe withNodes(List<Integer> ports) {
		assertThat(ports).hasSameSizeAs(NODES).doesNotContainAnyElementsOf(NODES);
		Recipe recipe = this;
		for (int i = 0; i < ports.size(); i++) {
			recipe = recipe.with(Integer.toString(NODES.get(i)), Integer.toString(ports.get(i)));
		}
		return recipe;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
