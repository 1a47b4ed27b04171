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

package io.github.socketioboot.autoconfigure.cluster;

import io.github.socketioboot.autoconfigure.InvalidPropertyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InstancesTests {

	@ParameterizedTest
	@CsvSource({ "1, 1, false", "' 1 ', 1, false", "2, 2, true", "1024, 1024, true", "max, 4, true", "MAX, 4, true",
			"0, 4, true", "-1, 3, true", "-3, 1, true", "-4, 1, true", "-100, 1, true" })
	void textIsReadAsProcessManagersDo(String text, int count, boolean several) {
		assertThat(Instances.parse(text, 4)).isEqualTo(new Instances(count, several));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "many", "1.5", "1025", "-1025", "99999999999", "2 3" })
	void nonsenseIsNamedWithTheRemedy(String text) {
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> Instances.parse(text, 4))
			.satisfies((failure) -> {
				assertThat(failure.getProperty()).isEqualTo("socketio.cluster.instances");
				assertThat(failure.getValue()).isEqualTo(text);
				assertThat(failure.getRemedy()).contains("max");
			});
	}

	@Test
	void nativeImageStartsNoWorkers() {
		Instances.requireJvm("2", false);
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> Instances.requireJvm("2", true))
			.satisfies((failure) -> {
				assertThat(failure.getProperty()).isEqualTo("socketio.cluster.instances");
				assertThat(failure.getRemedy()).contains("redis");
			});
	}

}
