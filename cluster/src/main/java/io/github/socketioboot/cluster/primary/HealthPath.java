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

package io.github.socketioboot.cluster.primary;

/**
 * Path that balancers ask for the state of a server. Immutable.
 *
 * @param path the path, empty for none
 */
record HealthPath(String path) {

	/**
	 * Return whether a request asks for the state.
	 * @param target target of the request
	 * @return {@code true} if so
	 */
	boolean isAsked(String target) {
		int length = this.path.length();
		return length > 0 && target.startsWith(this.path)
				&& (target.length() == length || target.charAt(length) == '?');
	}

}
