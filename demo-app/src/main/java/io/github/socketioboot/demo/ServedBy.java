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

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Which of the processes this is. Immutable.
 *
 * @param worker index of the worker, from 0
 * @param pid id of its process
 */
record ServedBy(int worker, long pid) {

	/**
	 * Knows which process this is.
	 */
	@Component
	static class Source {

		private final ServedBy self;

		Source(@Value("${socketio.cluster.instance:0}") int worker) {
			this.self = new ServedBy(worker, ProcessHandle.current().pid());
		}

		ServedBy self() {
			return this.self;
		}

	}

}
