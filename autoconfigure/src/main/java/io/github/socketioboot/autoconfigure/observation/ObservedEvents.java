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

import io.github.socketioboot.engine.namespace.EventObserver;
import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.Socket;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes each handled event an observation, which is the current one of the handler's
 * thread meanwhile. Immutable and thread-safe.
 */
class ObservedEvents implements EventObserver {

	private static final SocketIoEventObservationConvention DEFAULT = new DefaultSocketIoEventObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable SocketIoEventObservationConvention convention;

	ObservedEvents(ObservationRegistry registry, @Nullable SocketIoEventObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public Handling onReceive(Socket socket, String event) {
		return start(new SocketIoEventObservationContext(socket.namespace().name(), event, socket));
	}

	@Override
	public Runnable onServerSide(String namespace, String event, Runnable listener) {
		// What carries the event between the threads is current here
		Observation parent = this.registry.getCurrentObservation();
		return () -> {
			SocketIoEventObservationContext context = new SocketIoEventObservationContext(namespace, event, null);
			context.setParentObservation(parent);
			Started started = start(context);
			EventOutcome outcome = EventOutcome.ERROR;
			try {
				listener.run();
				outcome = EventOutcome.SUCCESS;
			}
			catch (Throwable ex) {
				started.onError(ex);
				throw ex;
			}
			finally {
				started.onReturn();
				started.onHandled(outcome);
			}
		};
	}

	@Override
	public void onEmitted(String namespace, String event, EventOutcome outcome) {
		// Part of what emits
	}

	private Started start(SocketIoEventObservationContext context) {
		Observation observation = SocketIoObservation.EVENT
			.observation(this.convention, DEFAULT, () -> context, this.registry)
			.start();
		return new Started(context, observation, observation.openScope());
	}

	/**
	 * An event that is being handled.
	 *
	 * @param context what is known of it
	 * @param observation its observation
	 * @param scope makes that the thread's current one
	 */
	private record Started(SocketIoEventObservationContext context, Observation observation,
			Observation.Scope scope) implements Handling {

		@Override
		public void onError(Throwable error) {
			this.observation.error(error);
		}

		@Override
		public void onReturn() {
			this.scope.close();
		}

		@Override
		public void onHandled(EventOutcome outcome) {
			this.context.setOutcome(outcome);
			this.observation.stop();
		}

	}

}
