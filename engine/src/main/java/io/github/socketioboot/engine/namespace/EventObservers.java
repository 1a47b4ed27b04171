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

import java.util.List;

/**
 * Several observers as one. Immutable.
 */
final class EventObservers implements EventObserver {

	private final EventObserver[] observers;

	EventObservers(List<EventObserver> observers) {
		this.observers = observers.toArray(EventObserver[]::new);
	}

	@Override
	public Handling onReceive(Socket socket, String event) {
		Handling[] handlings = new Handling[this.observers.length];
		for (int i = 0; i < handlings.length; i++) {
			handlings[i] = this.observers[i].onReceive(socket, event);
		}
		return new Handlings(handlings);
	}

	@Override
	public Runnable onServerSide(String namespace, String event, Runnable listener) {
		Runnable observed = listener;
		for (int i = this.observers.length - 1; i >= 0; i--) {
			observed = this.observers[i].onServerSide(namespace, event, observed);
		}
		return observed;
	}

	@Override
	public void onEmitted(String namespace, String event, EventOutcome outcome) {
		for (EventObserver observer : this.observers) {
			observer.onEmitted(namespace, event, outcome);
		}
	}

	/**
	 * What several observers have begun, ended the other way round.
	 */
	private static final class Handlings implements Handling {

		private final Handling[] handlings;

		Handlings(Handling[] handlings) {
			this.handlings = handlings;
		}

		@Override
		public void onError(Throwable error) {
			for (int i = this.handlings.length - 1; i >= 0; i--) {
				this.handlings[i].onError(error);
			}
		}

		@Override
		public void onReturn() {
			for (int i = this.handlings.length - 1; i >= 0; i--) {
				this.handlings[i].onReturn();
			}
		}

		@Override
		public void onHandled(EventOutcome outcome) {
			for (int i = this.handlings.length - 1; i >= 0; i--) {
				this.handlings[i].onHandled(outcome);
			}
		}

	}

}
