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

package io.github.socketioboot.demo;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Pause}.
 */
class PauseTests {

	private int calls;

	@Test
	void answersArePassedOn() {
		Pause pause = new Pause(Duration.ofHours(1));
		assertThat(pause.<String>unlessPaused(() -> "answer")).isEqualTo("answer");
		assertThat(pause.<String>unlessPaused(() -> null)).isNull();
	}

	@Test
	void nothingIsTriedForAWhileAfterAFailure() {
		Pause pause = new Pause(Duration.ofHours(1));
		assertThatExceptionOfType(HistoryUnavailableException.class).isThrownBy(() -> pause.unlessPaused(this::fail))
			.withCauseInstanceOf(QueryTimeoutException.class);
		assertThatExceptionOfType(HistoryUnavailableException.class).isThrownBy(() -> pause.unlessPaused(this::fail))
			.withNoCause();
		assertThat(this.calls).isOne();
	}

	@Test
	void afterAWhileItIsTriedAgain() {
		Pause pause = new Pause(Duration.ZERO);
		assertThatExceptionOfType(HistoryUnavailableException.class).isThrownBy(() -> pause.unlessPaused(this::fail));
		assertThatExceptionOfType(HistoryUnavailableException.class).isThrownBy(() -> pause.unlessPaused(this::fail))
			.withCauseInstanceOf(QueryTimeoutException.class);
		assertThat(pause.<String>unlessPaused(() -> "answer")).isEqualTo("answer");
		assertThat(this.calls).isEqualTo(2);
	}

	private String fail() {
		this.calls++;
		throw new QueryTimeoutException("on purpose");
	}

}
