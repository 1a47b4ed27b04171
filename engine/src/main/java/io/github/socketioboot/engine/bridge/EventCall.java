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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.listener.EventInterceptor;
import com.corundumstudio.socketio.transport.NamespaceClient;
import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.OpenEvent;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way through the listeners. Used by one handler thread at a time.
 */
final class EventCall {

	private final EventDispatch dispatch;

	private final NamespaceClient client;

	private final String event;

	private final List<@Nullable Object> args;

	private final AckRequest ack;

	/**
	 * Payloads that interceptors and exception listeners see.
	 */
	private List<@Nullable Object> converted;

	private EventOutcome outcome = EventOutcome.UNHANDLED;

	private @Nullable List<Later> later;

	EventCall(EventDispatch dispatch, NamespaceClient client, String event, List<@Nullable Object> args,
			AckRequest ack) {
		this.dispatch = dispatch;
		this.client = client;
		this.event = event;
		this.args = args;
		this.ack = ack;
		this.converted = args;
	}

	/**
	 * Call listeners until one fails.
	 * @param any those that see any event, or {@code null}
	 * @param listeners those that handle the event, or {@code null}
	 * @return what has become of the event; unless it is kept open
	 */
	EventOutcome run(@Nullable EventListeners any, @Nullable EventListeners listeners) {
		if (any == null || call(any)) {
			if (listeners != null) {
				this.outcome = EventOutcome.SUCCESS;
				if (call(listeners)) {
					intercept();
				}
			}
		}
		List<Later> later = this.later;
		if (later == null) {
			return finish();
		}
		keepOpen(later);
		return this.outcome;
	}

	/**
	 * Call listeners in the order in which they were added.
	 * @param listeners the listeners
	 * @return {@code false} if one failed
	 */
	private boolean call(EventListeners listeners) {
		EventListeners.Entry last = listeners.last();
		EventListeners.Entry entry = last;
		try {
			List<@Nullable Object> converted = last.convert(this.args, this.dispatch.converter());
			this.converted = converted;
			for (int i = 0; i < listeners.size(); i++) {
				entry = listeners.entry(i);
				List<@Nullable Object> own = entry.hasTypesOf(last) ? converted
						: entry.convert(this.args, this.dispatch.converter());
				CompletionStage<? extends List<?>> stage = entry.call(this.client, this.event, own, this.ack);
				if (stage != null) {
					later().add(new Later(entry, stage.toCompletableFuture()));
				}
			}
			return true;
		}
		catch (Exception ex) {
			fail(entry, ex);
			return false;
		}
	}

	private void intercept() {
		try {
			for (EventInterceptor interceptor : this.dispatch.interceptors()) {
				interceptor.onEvent(this.client, this.event, this.converted, this.ack);
			}
		}
		catch (Exception ex) {
			fail(null, ex);
		}
	}

	private void fail(EventListeners.@Nullable Entry entry, Exception failure) {
		this.outcome = EventOutcome.ERROR;
		if (this.client instanceof EngineSocketIOClient own) {
			own.socket().eventFailed(failure);
		}
		Exception told = failure;
		try {
			if (entry != null && entry.failed(failure, this.client, this.event, this.ack)) {
				return;
			}
		}
		catch (Exception ex) {
			told = ex;
		}
		this.dispatch.settings().exceptionListener().onEventException(told, this.converted, this.client);
	}

	private EventOutcome finish() {
		AckMode mode = this.dispatch.settings().ackMode();
		boolean succeeded = this.outcome == EventOutcome.SUCCESS;
		boolean failed = this.outcome == EventOutcome.ERROR;
		if ((succeeded && mode != AckMode.MANUAL) || (failed && mode == AckMode.AUTO)) {
			this.ack.sendAckData(Collections.emptyList());
		}
		else if (!succeeded && this.ack instanceof EngineAckRequest own) {
			own.abandon();
		}
		return this.outcome;
	}

	private List<Later> later() {
		List<Later> later = this.later;
		if (later == null) {
			later = new ArrayList<>(1);
			this.later = later;
		}
		return later;
	}

	private void keepOpen(List<Later> later) {
		OpenEvent open = (this.client instanceof EngineSocketIOClient own) ? own.socket().keepEventOpen() : null;
		CompletableFuture<?>[] stages = later.stream().map(Later::stage).toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(stages).whenComplete((nothing, failure) -> {
			if (open != null) {
				open.end(() -> end(later));
			}
			else {
				end(later);
			}
		});
	}

	private EventOutcome end(List<Later> later) {
		later.forEach(this::answer);
		return finish();
	}

	private void answer(Later later) {
		later.stage().whenComplete((answer, failure) -> {
			if (failure != null) {
				fail(later.entry(), exception(failure));
				return;
			}
			try {
				this.ack.sendAckData(new ArrayList<Object>(answer));
			}
			catch (RuntimeException ex) {
				fail(later.entry(), ex);
			}
		});
	}

	private static Exception exception(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause instanceof Exception exception) ? exception : new CompletionException(cause);
	}

	/**
	 * What a listener completes later.
	 *
	 * @param entry the listener
	 * @param stage completed with the answer
	 */
	private record Later(EventListeners.Entry entry, CompletableFuture<? extends List<?>> stage) {
	}

}
