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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.socketioboot.interop.Prerequisite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node.js can read the scripts on pages.
 */
@Timeout(300)
class ScriptBlocksTests {

	private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

	/**
	 * Reads each file named by the command line as a module, and tells those that it
	 * cannot read.
	 */
	private static final String READER = """
			const { SourceTextModule } = require("node:vm");
			const { readFileSync } = require("node:fs");
			for (const file of process.argv.slice(1)) {
				try {
					new SourceTextModule(readFileSync(file, "utf8"));
				} catch (error) {
					console.log(file + ": " + error);
				}
			}
			""";

	@Test
	void scriptsCanBeRead(@TempDir Path folder) throws IOException {
		List<String> command = new ArrayList<>(
				List.of("node", "--no-warnings", "--experimental-vm-modules", "-e", READER));
		for (Page page : Page.all()) {
			for (CodeBlock block : page.blocks("js", "javascript", "html")) {
				String name = block.toString().replace('/', '_') + ".mjs";
				command.add(Files.writeString(folder.resolve(name), script(block)).toString());
			}
		}
		assertThat(command).hasSizeGreaterThan(5);
		assertThat(run(command)).isEmpty();
	}

	private static String script(CodeBlock block) {
		if (!block.language().equals("html")) {
			return block.text();
		}
		StringBuilder scripts = new StringBuilder();
		SCRIPT.matcher(block.text()).results().map(MatchResult::group).forEach((script) -> scripts.append(script));
		return SCRIPT.matcher(scripts).replaceAll("$1");
	}

	private static String run(List<String> command) throws IOException {
		Process node = null;
		try {
			node = new ProcessBuilder(command).redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			Prerequisite.require(false, "Node.js is missing: " + ex.getMessage());
		}
		return new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

}
