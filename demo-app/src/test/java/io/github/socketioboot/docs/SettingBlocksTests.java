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
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages name properties that there are: in blocks, on command lines and in sentences.
 */
class SettingBlocksTests {

	private static final Pattern OURS_OR_BOOT = Pattern.compile("(?:socketio|spring|management|server)\\..*");

	/**
	 * A property on a command line.
	 */
	private static final Pattern OPTION = Pattern
		.compile("--((?:socketio|spring|management|server)(?:\\.[a-z][a-z0-9-]*)+)");

	/**
	 * A property in a sentence, or a meter.
	 */
	private static final Pattern NAME = Pattern.compile("`(socketio(?:\\.[a-z][a-z0-9-]*)+(?:\\.\\*)?)[`:=]");

	@Test
	void yamlBlocksSetPropertiesThatExist() {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		Set<String> unknown = new TreeSet<>();
		for (Page page : Page.all()) {
			for (CodeBlock block : page.blocks("yaml", "yml")) {
				Set<String> names = new TreeSet<>();
				for (Object document : new Yaml(new SafeConstructor(options)).loadAll(block.text())) {
					flatten("", document, names);
				}
				addUnknown(names, block, unknown);
			}
		}
		assertThat(unknown).isEmpty();
	}

	private static void flatten(String name, Object value, Set<String> names) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, below) -> flatten(name.isEmpty() ? key.toString() : name + "." + key, below, names));
		}
		else {
			names.add(name);
		}
	}

	@Test
	void propertiesBlocksSetPropertiesThatExist() throws IOException {
		Set<String> unknown = new TreeSet<>();
		for (Page page : Page.all()) {
			for (CodeBlock block : page.blocks("properties")) {
				Properties properties = new Properties();
				properties.load(new StringReader(block.text()));
				addUnknown(properties.stringPropertyNames(), block, unknown);
			}
		}
		assertThat(unknown).isEmpty();
	}

	private static void addUnknown(Set<String> names, CodeBlock block, Set<String> unknown) {
		for (String name : names) {
			String scalar = name.replaceAll("\\[\\d+]", "");
			if (OURS_OR_BOOT.matcher(name).matches() && !Settings.exist(scalar)) {
				unknown.add(block + ": " + name);
			}
		}
	}

	@Test
	void commandLinesAndSentencesNamePropertiesOrMetersThatExist() {
		String meters = Page.files(".java", Set.of("target", "test"))
			.stream()
			.filter((source) -> source.toString().startsWith("autoconfigure"))
			.map(Page::text)
			.reduce("", String::concat);
		Set<String> unknown = new TreeSet<>();
		int known = 0;
		for (Page page : Page.all()) {
			for (Pattern pattern : new Pattern[] { OPTION, NAME }) {
				Matcher matcher = pattern.matcher(page.text());
				while (matcher.find()) {
					String name = matcher.group(1);
					known++;
					if (!Settings.exist(name) && !Settings.exist(name + ".*") && !meters.contains('"' + name + '"')) {
						unknown.add(page + ": " + name);
					}
				}
			}
		}
		assertThat(unknown).isEmpty();
		assertThat(known).isGreaterThan(100);
	}

}
