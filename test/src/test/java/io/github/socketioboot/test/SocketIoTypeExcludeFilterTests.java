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

package io.github.socketioboot.test;

import java.io.IOException;

import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoServerCustomizer;
import io.github.socketioboot.engine.bridge.EngineSocketIOServerBuilder;
import io.github.socketioboot.test.chat.AdminHandler;
import io.github.socketioboot.test.chat.ChatHandler;
import io.github.socketioboot.test.chat.Greetings;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketIoTypeExcludeFilter}.
 */
class SocketIoTypeExcludeFilterTests {

	private final MetadataReaderFactory readers = new SimpleMetadataReaderFactory();

	private boolean uses(Class<?> test, Class<?> type) throws IOException {
		MetadataReader reader = this.readers.getMetadataReader(type.getName());
		return !new SocketIoTypeExcludeFilter(test).match(reader, this.readers);
	}

	@Test
	void handlersAndHooksAreUsedAndNothingElse() throws IOException {
		assertThat(uses(All.class, ChatHandler.class)).isTrue();
		assertThat(uses(All.class, AdminHandler.class)).isTrue();
		assertThat(uses(All.class, Inherited.class)).as("method of the base class").isTrue();
		assertThat(uses(All.class, Implementing.class)).as("method of an interface").isTrue();
		assertThat(uses(All.class, Customizer.class)).isTrue();
		assertThat(uses(All.class, TextConverter.class)).isTrue();
		assertThat(uses(All.class, Greetings.class)).isFalse();
	}

	@Test
	void chosenHandlersAreUsedAndNoOthers() throws IOException {
		assertThat(uses(Chosen.class, ChatHandler.class)).isTrue();
		assertThat(uses(Chosen.class, AdminHandler.class)).isFalse();
		assertThat(uses(Chosen.class, Customizer.class)).isTrue();
	}

	@Test
	void filtersAddAndTakeAway() throws IOException {
		assertThat(uses(Filtered.class, Greetings.class)).isTrue();
		assertThat(uses(Filtered.class, AdminHandler.class)).isFalse();
		assertThat(uses(Filtered.class, ChatHandler.class)).isTrue();
		assertThat(uses(Nothing.class, ChatHandler.class)).isFalse();
	}

	@Test
	void testsWithTheSameChoiceShareAContext() {
		assertThat(new SocketIoTypeExcludeFilter(Chosen.class)).isEqualTo(new SocketIoTypeExcludeFilter(Same.class))
			.hasSameHashCodeAs(new SocketIoTypeExcludeFilter(Same.class))
			.isNotEqualTo(new SocketIoTypeExcludeFilter(All.class));
	}

	@SocketIoTest
	static class All {

	}

	@SocketIoTest(ChatHandler.class)
	static class Chosen {

	}

	@SocketIoTest(handlers = ChatHandler.class)
	static class Same {

	}

	@SocketIoTest(includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Greetings.class),
			excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = AdminHandler.class))
	static class Filtered {

	}

	@SocketIoTest(useDefaultFilters = false)
	static class Nothing {

	}

	static class Base {

		@OnEvent("event")
		void event() {
		}

	}

	static class Inherited extends Base {

	}

	interface Contract {

		@OnEvent("event")
		void event();

	}

	static class Implementing implements Contract {

		@Override
		public void event() {
		}

	}

	static class Customizer implements SocketIoServerCustomizer {

		@Override
		public void customize(EngineSocketIOServerBuilder builder) {
		}

	}

	static class TextConverter implements Converter<String, Integer> {

		@Override
		public Integer convert(String source) {
			return source.length();
		}

	}

}
