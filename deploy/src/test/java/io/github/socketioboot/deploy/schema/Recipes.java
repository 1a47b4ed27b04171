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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of the recipes, as users find them.
 */
final class Recipes {

	private static final Path FOLDER = Path.of("").toAbsolutePath();

	private static final List<String> OF_THE_BUILD = List.of("src", "target", "pom.xml");

	private static final JsonMapper MAPPER = new JsonMapper();

	private Recipes() {
	}

	static Path file(String name) {
		return FOLDER.resolve(name);
	}

	static String text(String name) {
		return text(file(name));
	}

	static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read all documents of a YAML file; a key that stands there twice is an error.
	 */
	static List<JsonNode> documents(String name) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		List<JsonNode> documents = new ArrayList<>();
		for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text(name))) {
			documents.add(MAPPER.valueToTree(document));
		}
		return documents;
	}

	/**
	 * Read a YAML file with one document.
	 */
	static JsonNode document(String name) {
		List<JsonNode> documents = documents(name);
		if (documents.size() != 1) {
			throw new AssertionError(name + " has " + documents.size() + " documents");
		}
		return documents.get(0);
	}

	/**
	 * List the files of a folder.
	 */
	static List<String> names(String folder) {
		try (Stream<Path> files = Files.list(file(folder))) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * List what is for users, in all folders.
	 */
	static List<Path> all() {
		try (Stream<Path> files = Files.walk(FOLDER)) {
			return files.filter(Files::isRegularFile)
				.filter((file) -> !OF_THE_BUILD.contains(FOLDER.relativize(file).getName(0).toString()))
				.filter((file) -> !file.getFileName().toString().startsWith("."))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
