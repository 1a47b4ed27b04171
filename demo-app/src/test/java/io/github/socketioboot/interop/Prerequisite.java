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

package io.github.socketioboot.interop;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Something that a test cannot do without and that not every machine has.
 */
public final class Prerequisite {

	private Prerequisite() {
	}

	/**
	 * Skip the test if the condition is not met; in CI fail it.
	 */
	public static void require(boolean met, String message) {
		if ("true".equals(System.getenv("CI"))) {
			assertThat(met).as(message).isTrue();
		}
		Assumptions.assumeTrue(met, message);
	}

}
