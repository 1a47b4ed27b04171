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

/**
 * Fenced block of a page, without the indentation of its fence. Immutable.
 *
 * @param page the page it stands on
 * @param line the line of its first fence, from 1
 * @param language what the fence says, empty for nothing
 * @param text what stands between the fences
 */
record CodeBlock(Page page, int line, String language, String text) {

	/**
	 * Say where the block is, as compilers do.
	 */
	@Override
	public String toString() {
		return this.page + ":" + this.line + " (" + this.language + ")";
	}

}
