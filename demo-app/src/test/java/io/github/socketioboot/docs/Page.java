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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Page of the documentation. Immutable.
 *
 * @param file where it is
 * @param text what it says
 */
record Page(Path file, String text) {

	/**
	 * The folder with all modules.
	 */
	static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

	private static final Set<String> OF_THE_BUILD = Set.of("target", "node_modules", "src");

	private static final Pattern FENCE = Pattern.compile("^([ \t]*)(```+)(.*)$");

	private static final Pattern HEADING = Pattern.compile("^#+ +(.*?) *#*$");

	/**
	 * Find all pages of the project.
	 */
	static List<Page> all() {
		return files(".md", OF_THE_BUILD);
	}

	/**
	 * Find all files of the project with such an ending, except below folders that are
	 * hidden or have one of the given names.
	 */
	static List<Page> files(String ending, Set<String> without) {
		List<Page> found = new ArrayList<>();
		try {
			Files.walkFileTree(PROJECT, new SimpleFileVisitor<Path>() {

				@Override
				public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
					String name = folder.getFileName().toString();
					boolean leftOut = !folder.equals(PROJECT) && (without.contains(name) || name.startsWith("."));
					return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
					if (file.getFileName().toString().endsWith(ending)) {
						found.add(new Page(file, Files.readString(file)));
					}
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

	/**
	 * List the blocks in these languages.
	 */
	List<CodeBlock> blocks(String... languages) {
		return blocks().filter((block) -> List.of(languages).contains(block.language())).toList();
	}

	private Stream<CodeBlock> blocks() {
		List<CodeBlock> blocks = new ArrayList<>();
		String[] lines = this.text.split("\n", -1);
		for (int i = 0; i < lines.length; i++) {
			Matcher fence = FENCE.matcher(lines[i]);
			if (!fence.matches()) {
				continue;
			}
			int first = i;
			StringBuilder block = new StringBuilder();
			for (i++; i < lines.length && !lines[i].strip().equals(fence.group(2)); i++) {
				String line = lines[i];
				block.append(line.startsWith(fence.group(1)) ? line.substring(fence.group(1).length()) : line)
					.append('\n');
			}
			blocks.add(new CodeBlock(this, first + 1, fence.group(3).strip(), block.toString()));
		}
		return blocks.stream();
	}

	/**
	 * Return the text without blocks.
	 */
	String prose() {
		StringBuilder prose = new StringBuilder();
		String end = "";
		for (String line : this.text.split("\n", -1)) {
			Matcher fence = FENCE.matcher(line);
			if (end.isEmpty() && fence.matches()) {
				end = fence.group(2);
			}
			else if (line.strip().equals(end)) {
				end = "";
			}
			else if (end.isEmpty()) {
				prose.append(line).append('\n');
			}
		}
		return prose.toString();
	}

	/**
	 * Return the names by which links find the headings, formed as GitHub does.
	 */
	Set<String> anchors() {
		Set<String> anchors = new HashSet<>();
		for (String line : prose().split("\n")) {
			Matcher heading = HEADING.matcher(line);
			if (heading.matches()) {
				String name = heading.group(1)
					.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
					.toLowerCase(Locale.ROOT)
					.replaceAll("[^\\p{L}\\p{N}_ -]", "")
					.replace(' ', '-');
				for (int i = 1; !anchors.add(name); i++) {
					name = name.replaceAll("-\\d+$", "") + "-" + i;
				}
			}
		}
		return anchors;
	}

	@Override
	public String toString() {
		return PROJECT.relativize(this.file).toString();
	}

}
