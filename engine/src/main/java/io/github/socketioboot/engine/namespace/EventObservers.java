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
	public void onReceived(String namespace, String event, EventOutcome outcome, long nanos) {
		for (EventObserver observer : this.observers) {
			observer.onReceived(namespace, event, outcome, nanos);
		}
	}

	@Override
	public void onEmitted(String namespace, String event, EventOutcome outcome) {
		for (EventObserver observer : this.observers) {
			observer.onEmitted(namespace, event, outcome);
		}
	}

}
