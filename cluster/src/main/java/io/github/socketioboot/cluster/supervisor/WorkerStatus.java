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

package io.github.socketioboot.cluster.supervisor;

/**
 * A worker as its supervisor sees it. Immutable.
 *
 * @param index place of the worker, from 0; while one is being replaced, the old and the
 * new one have the same
 * @param number number of the process, never used twice by a supervisor, from 1
 * @param pid process id, or 0 if there is no process
 * @param state what it is about
 * @param startedAt when the process was started, in milliseconds since 1970, or 0
 * @param restarts how often a process took this place after the first one
 * @param reason why it is in this state if that is worth telling, or an empty text
 * @since 0.1.0
 */
public record WorkerStatus(int index, int number, long pid, WorkerState state, long startedAt, int restarts,
		String reason) {

}
