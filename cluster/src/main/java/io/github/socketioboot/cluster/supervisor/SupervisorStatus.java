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

import java.util.List;

/**
 * All workers at one time. Immutable.
 *
 * @param instances how many workers are asked for
 * @param workers the workers, by index, the older one of a place first
 * @param reload the latest reload
 * @since 0.1.0
 */
public record SupervisorStatus(int instances, List<WorkerStatus> workers, ReloadStatus reload) {

	/**
	 * Create a status.
	 */
	public SupervisorStatus {
		workers = List.copyOf(workers);
	}

}
