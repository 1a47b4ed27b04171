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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * An event whose handler has returned and goes on with it elsewhere. Until it has ended
 * it is in progress: a drain waits for it, and it takes its place in the queue of its
 * socket, so that a client cannot begin any number of them. Thread-safe.
 *
 * @since 0.1.0
 * @see Socket#keepEventOpen()
 */
public final class OpenEvent {

	private final Socket socket;

	private final int weight;

	private final EventObserver.@Nullable Handling handling;

	private final AtomicBoolean ended = new AtomicBoolean();

	OpenEvent(Socket socket, int weight, EventObserver.@Nullable Handling handling) {
		this.socket = socket;
		this.weight = weight;
		this.handling = handling;
	}

	/**
	 * End the event. Called by any thread; calls after the first do nothing.
	 * @param last what is left to do, run on a handler thread in order with the events of
	 * the socket unless the server has stopped; returns what became of the event
	 */
	public void end(Supplier<EventOutcome> last) {
		if (this.ended.compareAndSet(false, true)) {
			this.socket.runOnLoop(() -> this.socket.queue(new HandlerTask.EventEnd(this, last)));
		}
	}

	/**
	 * Note that the event has ended.
	 * @param outcome what became of it
	 */
	void ended(EventOutcome outcome) {
		this.socket.eventEnded();
		if (this.handling != null) {
			this.handling.onHandled(outcome);
		}
	}

	void failed(Throwable error) {
		if (this.handling != null) {
			this.handling.onError(error);
		}
	}

	int weight() {
		return this.weight;
	}

}
