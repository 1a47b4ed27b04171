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

package io.github.socketioboot.engine.adapter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Signals that nodes have not answered a request. Immutable.
 *
 * @since 0.1.0
 */
public final class MissingResponsesException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<@Nullable Object> responses;

	private final transient Set<String> nodes;

	/**
	 * Create an exception.
	 * @param reason why they have not, such as {@code timeout reached}
	 * @param nodes ids of the nodes that have not answered
	 * @param responses the responses that have come
	 */
	public MissingResponsesException(String reason, Set<String> nodes, List<?> responses) {
		super(reason + ": missing " + nodes.size() + " responses");
		this.nodes = Set.copyOf(nodes);
		this.responses = Collections.unmodifiableList(new ArrayList<>(responses));
	}

	/**
	 * Create an exception for nodes that are not known by name.
	 * @param message what is missing, and why
	 * @param responses the responses that have come
	 */
	public MissingResponsesException(String message, List<?> responses) {
		super(message);
		this.nodes = Set.of();
		this.responses = Collections.unmodifiableList(new ArrayList<>(responses));
	}

	private MissingResponsesException(MissingResponsesException cause, List<?> responses) {
		super(cause.getMessage(), cause);
		this.nodes = cause.nodes;
		this.responses = Collections.unmodifiableList(new ArrayList<>(responses));
	}

	/**
	 * Return the same exception with other responses.
	 * @param responses the responses that have come
	 * @return a new exception
	 */
	public MissingResponsesException withResponses(List<?> responses) {
		return new MissingResponsesException(this, responses);
	}

	/**
	 * Return the nodes that have not answered.
	 * @return their ids; empty where nodes are only counted
	 */
	public Set<String> nodes() {
		return this.nodes;
	}

	/**
	 * Return the responses that have come.
	 * @return what the request would have returned, as far as it is known
	 */
	public List<@Nullable Object> responses() {
		return this.responses;
	}

}
