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

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The unit of systemd, as it stands there. Immutable.
 *
 * @param lines the assignments, in their order
 */
record UnitFile(List<Assignment> lines) {

	static final String NAME = "systemd/socketio.service";

	static UnitFile read() {
		return new UnitFile(Recipes.text(NAME)
			.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("["))
			.map((line) -> new Assignment(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)))
			.toList());
	}

	/**
	 * Return the only value of a setting.
	 */
	String value(String name) {
		List<String> values = values(name);
		if (values.size() != 1) {
			throw new AssertionError(name + " has the values " + values);
		}
		return values.get(0);
	}

	List<String> values(String name) {
		return this.lines.stream().filter((line) -> line.name().equals(name)).map(Assignment::value).toList();
	}

	Map<String, String> environment() {
		Map<String, String> environment = new TreeMap<>();
		for (String variable : values("Environment")) {
			environment.put(variable.substring(0, variable.indexOf('=')),
					variable.substring(variable.indexOf('=') + 1));
		}
		return environment;
	}

	/**
	 * One line of the unit.
	 *
	 * @param name the setting
	 * @param value what it is set to
	 */
	record Assignment(String name, String value) {
	}

}
