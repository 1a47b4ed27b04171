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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.socketioboot.docs.Settings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Recipes and their pages name settings that exist, in either way of writing them.
 */
class SettingNamesTests {

	private static final Pattern PROPERTY = Pattern
		.compile("(?<![\\w./@$-])(?:socketio|spring|management)(?:\\.[a-z][a-z0-9-]*)+(?:\\.\\*)?");

	private static final Pattern VARIABLE = Pattern.compile("\\b(?:SOCKETIO|SPRING|MANAGEMENT)_[A-Z0-9_]+\\*?");

	/**
	 * A property, and its default in parentheses.
	 */
	private static final Pattern DEFAULT = Pattern.compile("`((?:socketio|spring)[a-z.-]+)` \\((\\d+) s\\)");

	/**
	 * What has the form of a property: files and a meter.
	 */
	private static final Pattern OTHER = Pattern.compile(".*\\.(?:service|yml|conf|sock)|socketio\\.connections");

	/**
	 * What has the form of a variable: a cookie.
	 */
	private static final Set<String> OTHER_VARIABLES = Set.of("SOCKETIO_NODE");

	@Test
	void propertiesExist() {
		Set<String> unknown = new TreeSet<>();
		int known = 0;
		for (Path file : Recipes.all()) {
			Matcher matcher = PROPERTY.matcher(Recipes.text(file));
			while (matcher.find()) {
				String name = matcher.group();
				if (Settings.exist(name)) {
					known++;
				}
				else if (!OTHER.matcher(name).matches()) {
					unknown.add(file.getFileName() + ": " + name);
				}
			}
		}
		assertThat(unknown).isEmpty();
		assertThat(known).isGreaterThan(40);
	}

	@Test
	void defaultsAreAsTold() {
		int told = 0;
		for (Path file : Recipes.all()) {
			Matcher matcher = DEFAULT.matcher(Recipes.text(file));
			while (matcher.find()) {
				told++;
				assertThat(Settings.duration(matcher.group(1))).as(matcher.group())
					.hasSeconds(Long.parseLong(matcher.group(2)));
			}
		}
		assertThat(told).isGreaterThan(5);
	}

	@Test
	void variablesExist() {
		Set<String> variables = Settings.variables();
		Set<String> unknown = new TreeSet<>();
		int known = 0;
		for (Path file : Recipes.all()) {
			Matcher matcher = VARIABLE.matcher(Recipes.text(file));
			while (matcher.find()) {
				String name = matcher.group();
				boolean exists = name.endsWith("*")
						? variables.stream().anyMatch((other) -> other.startsWith(name.substring(0, name.length() - 1)))
						: variables.contains(name);
				if (exists) {
					known++;
				}
				else if (!OTHER_VARIABLES.contains(name)) {
					unknown.add(file.getFileName() + ": " + name);
				}
			}
		}
		assertThat(unknown).isEmpty();
		assertThat(known).isGreaterThan(20);
	}

}
