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

package io.github.socketioboot.cluster.redis;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.github.socketioboot.cluster.redis.RedisBus.Listener;
import io.github.socketioboot.cluster.redis.RedisBus.Subscription;

/**
 * A subscription of the application: topics and who takes their messages. Thread-safe.
 */
final class Route implements Subscription {

	private final Set<Topic> topics;

	private final Listener listener;

	private final Executor callbacks;

	private final Consumer<Route> closer;

	private final Set<Topic> unconfirmed = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> confirmed = new CompletableFuture<>();

	/**
	 * Create a route.
	 * @param topics what is listened on
	 * @param listener takes the messages
	 * @param callbacks completes what the application waits for
	 * @param closer ends the route
	 */
	Route(Set<Topic> topics, Listener listener, Executor callbacks, Consumer<Route> closer) {
		this.topics = topics;
		this.listener = listener;
		this.callbacks = callbacks;
		this.closer = closer;
		this.unconfirmed.addAll(topics);
	}

	Set<Topic> topics() {
		return this.topics;
	}

	Listener listener() {
		return this.listener;
	}

	/**
	 * Note that Redis has confirmed topics.
	 * @param topics the topics, of which others than this route's do not matter
	 */
	void confirm(Set<Topic> topics) {
		this.unconfirmed.removeAll(topics);
		if (this.unconfirmed.isEmpty() && !this.confirmed.isDone()) {
			this.callbacks.execute(() -> this.confirmed.complete(null));
		}
	}

	@Override
	public CompletionStage<Void> confirmed() {
		return this.confirmed;
	}

	@Override
	public void close() {
		this.closer.accept(this);
	}

}
