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

package io.github.socketioboot.engine.loop;

/**
 * Task of an {@link EngineLoop} that can do the work of those right behind it at less
 * than their cost. Absorbing keeps the order: only direct successors are offered.
 *
 * @since 0.1.0
 */
public interface MergeableTask extends Runnable {

	/**
	 * Take over the next task, which will then not be run. Called on the loop, before
	 * this task runs.
	 * @param next the task that would run next
	 * @return whether it was taken over; if not, no more are offered
	 */
	boolean absorb(Runnable next);

}
