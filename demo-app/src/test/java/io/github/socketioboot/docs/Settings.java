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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * The properties of the server and of Spring Boot, by the configuration metadata on the
 * class path.
 */
public final class Settings {

	private static final Map<String, String> DEFAULTS = new TreeMap<>();

	private static final Set<String> MAPS = new TreeSet<>();

	static {
		read();
	}

	private Settings() {
	}

	private static void read() {
		try {
			ClassLoader loader = Settings.class.getClassLoader();
			for (URL metadata : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream input = metadata.openStream()) {
					for (JsonNode property : new JsonMapper().readTree(input).path("properties")) {
						String name = property.path("name").asString();
						DEFAULTS.put(name, property.path("defaultValue").asString(""));
						if (property.path("type").asString("").startsWith("java.util.Map")) {
							MAPS.add(name);
						}
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Whether there is such a property, or such a group of properties if the name ends in
	 * {@code .*}. Below a map any name is one.
	 */
	public static boolean exist(String name) {
		if (name.endsWith(".*")) {
			return DEFAULTS.keySet()
				.stream()
				.anyMatch((other) -> other.startsWith(name.substring(0, name.length() - 1)));
		}
		return DEFAULTS.containsKey(name) || MAPS.stream().anyMatch((map) -> name.startsWith(map + "."));
	}

	/**
	 * Return what the properties are called as variables of the environment.
	 */
	public static Set<String> variables() {
		return DEFAULTS.keySet()
			.stream()
			.map((name) -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
			.collect(Collectors.toSet());
	}

	public static Duration duration(String name) {
		return seconds(value(name));
	}

	public static DataSize size(String name) {
		return DataSize.parse(value(name));
	}

	public static String value(String name) {
		String value = DEFAULTS.getOrDefault(name, "");
		if (value.isEmpty()) {
			throw new AssertionError(name + " has no default");
		}
		return value;
	}

	/**
	 * How long a peer may be silent until the server takes it for lost, which is what
	 * time-outs of balancers must exceed.
	 */
	public static Duration silence() {
		return duration("socketio.ping-interval").plus(duration("socketio.ping-timeout"));
	}

	/**
	 * Read a duration as recipes write it: a number of seconds, or one with a unit.
	 */
	public static Duration seconds(String text) {
		return DurationStyle.detectAndParse(text, ChronoUnit.SECONDS);
	}

}
