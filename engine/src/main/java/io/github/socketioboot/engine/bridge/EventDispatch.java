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

package io.github.socketioboot.engine.bridge;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.listener.DataListener;
import com.corundumstudio.socketio.listener.EventInterceptor;
import com.corundumstudio.socketio.transport.NamespaceClient;
import io.github.socketioboot.engine.namespace.EventOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Who is called for the events of a namespace: those that see any event, then the
 * listeners of the event or, if it has none, those of events without listeners, then the
 * interceptors. Thread-safe.
 */
final class EventDispatch {

	private final BridgeSettings settings;

	private final PayloadConverter converter;

	private final ConcurrentMap<String, EventListeners> events = new ConcurrentHashMap<>();

	private final List<EventInterceptor> interceptors = new CopyOnWriteArrayList<>();

	private volatile @Nullable EventListeners any;

	private volatile @Nullable EventListeners unhandled;

	EventDispatch(BridgeSettings settings, PayloadConverter converter) {
		this.settings = settings;
		this.converter = converter;
	}

	void add(String event, DataListener<?> listener, boolean multiple, Class<?>... types) {
		Class<?>[] own = types.clone();
		this.events.compute(event, (name, listeners) -> EventListeners.add(listeners, listener, multiple, own));
	}

	void add(String event, EventHandler handler, Class<?>... types) {
		Class<?>[] own = types.clone();
		this.events.compute(event, (name, listeners) -> EventListeners.add(listeners, handler, own));
	}

	synchronized void addAny(EventHandler handler) {
		this.any = EventListeners.add(this.any, handler, EventListeners.AS_SENT);
	}

	synchronized void addUnhandled(EventHandler handler) {
		this.unhandled = EventListeners.add(this.unhandled, handler, EventListeners.AS_SENT);
	}

	void add(EventInterceptor interceptor) {
		this.interceptors.add(interceptor);
	}

	void remove(String event) {
		this.events.remove(event);
	}

	boolean hasListeners(String event) {
		return this.events.containsKey(event);
	}

	List<EventInterceptor> interceptors() {
		return this.interceptors;
	}

	BridgeSettings settings() {
		return this.settings;
	}

	PayloadConverter converter() {
		return this.converter;
	}

	/**
	 * Call whoever is to be called.
	 * @param client the sender
	 * @param event name of the event
	 * @param args payloads as decoded
	 * @param ack answers the client
	 * @return what has become of the event
	 */
	EventOutcome handle(NamespaceClient client, String event, List<@Nullable Object> args, AckRequest ack) {
		EventListeners listeners = this.events.get(event);
		if (listeners == null) {
			listeners = this.unhandled;
		}
		EventListeners any = this.any;
		if (listeners == null && any == null) {
			return EventOutcome.UNHANDLED;
		}
		return new EventCall(this, client, event, args, ack).run(any, listeners);
	}

}
