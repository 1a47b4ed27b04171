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

package io.github.socketioboot.autoconfigure.handler;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import com.corundumstudio.socketio.AckRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * How what a handler method returns becomes the answer to the client: a value at once, or
 * one that comes later. A list that is returned is one argument; {@code Optional} is
 * unwrapped. Immutable.
 */
final class HandlerAnswer {

	private static final HandlerAnswer NONE = new HandlerAnswer(false, false, null);

	private final boolean answers;

	/**
	 * Whether the answer has no arguments.
	 */
	private final boolean empty;

	private final @Nullable ReactiveAdapter adapter;

	private HandlerAnswer(boolean answers, boolean empty, @Nullable ReactiveAdapter adapter) {
		this.answers = answers;
		this.empty = empty;
		this.adapter = adapter;
	}

	/**
	 * Read what a method returns.
	 * @param method the method
	 * @param beanClass class of the bean, for type variables
	 * @param kind what it is called for
	 * @return the answer
	 * @throws InvalidHandlerMethodException if that cannot be an answer
	 */
	static HandlerAnswer of(Method method, Class<?> beanClass, HandlerKind kind) {
		ResolvableType type = ResolvableType.forMethodReturnType(method, beanClass);
		Class<?> raw = type.resolve(Object.class);
		if (raw == void.class || raw == Void.class) {
			return NONE;
		}
		if (kind == HandlerKind.ANY_EVENT) {
			throw new InvalidHandlerMethodException(method, kind, "returns a value, but handlers of the event answer",
					"Return nothing, or use @OnUnhandledEvent.", null);
		}
		ReactiveAdapter adapter = CompletionStage.class.isAssignableFrom(raw) ? null
				: ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw);
		if (isMany(raw) || (adapter != null && adapter.isMultiValue())) {
			throw new InvalidHandlerMethodException(method, kind, "returns many values, but there is one answer",
					"Return a List, or a Mono or CompletableFuture of one, or send events to the client.", null);
		}
		boolean later = adapter != null || Future.class.isAssignableFrom(raw)
				|| CompletionStage.class.isAssignableFrom(raw);
		if (later && !kind.answersLater()) {
			throw new InvalidHandlerMethodException(method, kind, "returns what comes later, which nobody awaits",
					kind.answers() ? "Return the value itself, or declare an AckRequest argument and answer with it."
							: "Return nothing.",
					null);
		}
		if (later && adapter == null && !CompletionStage.class.isAssignableFrom(raw)) {
			throw new InvalidHandlerMethodException(method, kind, "returns a Future, which cannot tell when it is done",
					"Return a CompletableFuture.", null);
		}
		if (!kind.answers()) {
			return NONE;
		}
		boolean empty = later
				&& ((adapter != null && adapter.isNoValue()) || type.getGeneric(0).resolve() == Void.class);
		return new HandlerAnswer(true, empty, adapter);
	}

	private static boolean isMany(Class<?> type) {
		return BaseStream.class.isAssignableFrom(type) || Flow.Publisher.class.isAssignableFrom(type);
	}

	/**
	 * Return whether what the method returns is the answer to the client.
	 * @return {@code true} unless it returns nothing, or that is ignored
	 */
	boolean answers() {
		return this.answers;
	}

	/**
	 * Answer, if the client has asked for it.
	 * @param returned what the method has returned
	 * @param ack answers the client
	 * @return {@code null}, or completed with the arguments of the answer that comes
	 * later
	 */
	@Nullable CompletionStage<? extends List<?>> answer(@Nullable Object returned, AckRequest ack) {
		if (!this.answers) {
			return null;
		}
		CompletionStage<? extends @Nullable Object> stage = stage(returned);
		if (stage != null) {
			return stage.thenApply(this::arguments);
		}
		if (ack.isAckRequested()) {
			ack.sendAckData(arguments(returned));
		}
		return null;
	}

	private @Nullable CompletionStage<? extends @Nullable Object> stage(@Nullable Object returned) {
		if (returned instanceof CompletionStage<?> stage) {
			return stage;
		}
		if (this.adapter == null) {
			return null;
		}
		return (returned != null) ? FirstValue.of(this.adapter, returned) : CompletableFuture.completedFuture(null);
	}

	private List<@Nullable Object> arguments(@Nullable Object value) {
		if (this.empty) {
			return List.of();
		}
		return Collections.singletonList((value instanceof Optional<?> optional) ? optional.orElse(null) : value);
	}

}
