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

package io.github.socketioboot.autoconfigure.observation;

import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.Socket;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * An event that is being handled. For the thread of the handler.
 *
 * @since 0.1.0
 */
public class SocketIoEventObservationContext extends Observation.Context {

	private final String namespace;

	private final String event;

	private final @Nullable Socket socket;

	private @Nullable EventOutcome outcome;

	/**
	 * Create a context.
	 * @param namespace name of the namespace
	 * @param event name of an event that has handlers, or {@code other}
	 * @param socket the socket whose client has sent it, or {@code null} if another node
	 * has
	 */
	public SocketIoEventObservationContext(String namespace, String event, @Nullable Socket socket) {
		this.namespace = namespace;
		this.event = event;
		this.socket = socket;
	}

	/**
	 * Return the name of the namespace.
	 * @return the name
	 */
	public String getNamespace() {
		return this.namespace;
	}

	/**
	 * Return the name of the event.
	 * @return one of few names, whatever clients send
	 */
	public String getEvent() {
		return this.event;
	}

	/**
	 * Return whose client has sent the event.
	 * @return the socket, or {@code null} if another node has sent it
	 */
	public @Nullable Socket getSocket() {
		return this.socket;
	}

	/**
	 * Return what became of the event.
	 * @return the outcome, or {@code null} as long as it is being handled
	 */
	public @Nullable EventOutcome getOutcome() {
		return this.outcome;
	}

	void setOutcome(EventOutcome outcome) {
		this.outcome = outcome;
	}

}
