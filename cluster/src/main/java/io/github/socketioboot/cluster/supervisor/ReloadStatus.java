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
 * The latest rolling reload. Immutable.
 *
 * @param id number of the reload, from 1; 0 if there was none
 * @param state {@code none}, {@code running}, {@code done} or {@code aborted}
 * @param reason why it was aborted, or an empty text
 * @since 0.1.0
 */
public record ReloadStatus(int id, String state, String reason) {

	/**
	 * No reload yet.
	 */
	public static final ReloadStatus NONE = new ReloadStatus(0, "none", "");

}
