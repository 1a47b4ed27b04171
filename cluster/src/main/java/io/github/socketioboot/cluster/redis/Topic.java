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

package io.github.socketioboot.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * What is listened on. Immutable.
 *
 * @param name name of a channel, or a pattern of names
 * @param pattern whether it is a pattern
 */
record Topic(String name, boolean pattern) {

	static Topic of(byte[] name, boolean pattern) {
		return new Topic(new String(name, StandardCharsets.UTF_8), pattern);
	}

	/**
	 * Return the names of channels, or the patterns.
	 * @param topics the topics
	 * @param pattern whether patterns are wanted
	 * @return those of this kind
	 */
	static byte[][] names(Collection<Topic> topics, boolean pattern) {
		return topics.stream()
			.filter((topic) -> topic.pattern() == pattern)
			.map((topic) -> topic.name().getBytes(StandardCharsets.UTF_8))
			.toArray(byte[][]::new);
	}

}
