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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.socketioboot.autoconfigure.SocketIoProperties;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

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
	void yamlBlocksSetPropertiesThatExistToValuesThatTheyTake() throws IOException {
		assertThat(wrong(new YamlPropertySourceLoader(), "yaml", "yml")).isEmpty();
	}

	@Test
	void propertiesBlocksSetPropertiesThatExistToValuesThatTheyTake() throws IOException {
		assertThat(wrong(new PropertiesPropertySourceLoader(), "properties")).isEmpty();
	}

	private static Set<String> wrong(PropertySourceLoader loader, String... languages) throws IOException {
		Set<String> wrong = new TreeSet<>();
		for (Page page : Page.all()) {
			for (CodeBlock block : page.blocks(languages)) {
				Resource resource = new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8));
				for (PropertySource<?> settings : loader.load(block.toString(), resource)) {
					addUnknown((EnumerablePropertySource<?>) settings, block, wrong);
					addUnbound(settings, block, wrong);
				}
			}
		}
		return wrong;
	}

	private static void addUnknown(EnumerablePropertySource<?> settings, CodeBlock block, Set<String> wrong) {
		for (String name : settings.getPropertyNames()) {
			String whole = name.replaceAll("\\[\\d+]", "");
			if (OURS_OR_BOOT.matcher(name).matches() && !Settings.exist(whole)) {
				wrong.add(block + ": " + name);
			}
		}
	}

	private static void addUnbound(PropertySource<?> settings, CodeBlock block, Set<String> wrong) {
		try {
			new Binder(ConfigurationPropertySources.from(settings),
					new PropertySourcesPlaceholdersResolver(List.of(settings)),
					ApplicationConversionService.getSharedInstance())
				.bindOrCreate("socketio", SocketIoProperties.class);
		}
		catch (BindException ex) {
			wrong.add(block + ": " + ex.getMessage() + ": " + ex.getProperty());
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
