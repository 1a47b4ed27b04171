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

package io.github.socketioboot.test.client;

import io.socket.client.Ack;
import org.jspecify.annotations.Nullable;

/**
 * An event that a client has received. Immutable.
 *
 * @since 0.1.0
 */
public final class SocketIoTestEvent {

	private final String name;

	private final SocketIoTestArguments arguments;

	private final @Nullable Ack ack;

	private final JsonTrees trees;

	SocketIoTestEvent(String name, SocketIoTestArguments arguments, @Nullable Ack ack, JsonTrees trees) {
		this.name = name;
		this.arguments = arguments;
		this.ack = ack;
		this.trees = trees;
	}

	/**
	 * Return the name.
	 * @return name of the event
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the arguments.
	 * @return the arguments, without what asks for an acknowledgement
	 */
	public SocketIoTestArguments arguments() {
		return this.arguments;
	}

	/**
	 * Return whether the server waits for an acknowledgement.
	 * @return {@code true} if it does
	 */
	public boolean asksForAck() {
		return this.ack != null;
	}

	/**
	 * Answer the server, which waits for an acknowledgement.
	 * @param values the answer
	 * @throws AssertionError if the server does not wait for one
	 */
	public void ack(@Nullable Object... values) {
		if (this.ack == null) {
			throw new AssertionError("The server has not asked for an acknowledgement of '%s'".formatted(this.name));
		}
		this.ack.call(this.trees.write(values));
	}

	/**
	 * Describe the event by its name and the types of its arguments.
	 */
	@Override
	public String toString() {
		return this.name + this.arguments;
	}

}
