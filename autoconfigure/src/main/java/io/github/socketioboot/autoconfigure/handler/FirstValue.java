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

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import org.springframework.core.ReactiveAdapter;

/**
 * Subscribes to a reactive type of one value. Thread-safe. Loaded where there are
 * Reactive Streams only.
 */
final class FirstValue extends CompletableFuture<@Nullable Object> implements Subscriber<Object> {

	private FirstValue() {
	}

	/**
	 * Subscribe.
	 * @param adapter knows the reactive type
	 * @param source what is to be subscribed to
	 * @return completed with the value, or {@code null} if there is none
	 */
	static CompletableFuture<@Nullable Object> of(ReactiveAdapter adapter, Object source) {
		FirstValue value = new FirstValue();
		adapter.<Object>toPublisher(source).subscribe(value);
		return value;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Object value) {
		complete(value);
	}

	@Override
	public void onError(Throwable failure) {
		completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		complete(null);
	}

}
