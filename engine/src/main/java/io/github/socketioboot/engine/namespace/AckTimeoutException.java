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

package io.github.socketioboot.engine.namespace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Signals that not every receiver of a broadcast has acknowledged in time, or that one
 * never will because its node is gone.
 *
 * @since 0.1.0
 */
public final class AckTimeoutException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<@Nullable Object> responses;

	/**
	 * Create an exception.
	 * @param responses the answers that came in time
	 */
	public AckTimeoutException(List<?> responses) {
		super("operation has timed out");
		this.responses = Collections.unmodifiableList(new ArrayList<>(responses));
	}

	/**
	 * Create an exception for receivers that are gone before the time is over.
	 * @param nodes ids of the nodes that are gone
	 * @param responses the answers that have come
	 */
	AckTimeoutException(Set<String> nodes, List<?> responses) {
		super("acknowledgements are lost with " + String.join(", ", nodes));
		this.responses = Collections.unmodifiableList(new ArrayList<>(responses));
	}

	/**
	 * Return the answers that have come.
	 * @return first argument of each answer
	 */
	public List<@Nullable Object> responses() {
		return this.responses;
	}

}
