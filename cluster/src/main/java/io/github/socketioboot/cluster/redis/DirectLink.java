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

import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.Inbox;
import org.jspecify.annotations.Nullable;

/**
 * Link of the only process of a host: everything goes over Redis.
 */
final class DirectLink implements ClassicLink {

	private final RedisBus bus;

	private final ClassicChannels channels;

	private final String uid;

	private final Inbox inbox;

	private final ClusterStatistics statistics;

	private final CompletableFuture<Void> confirmed = new CompletableFuture<>();

	private volatile RedisBus.@Nullable Subscription subscription;

	/**
	 * Create a link.
	 * @param bus the link to Redis
	 * @param channels names of the namespace's channels
	 * @param uid id of this member
	 * @param inbox handles what comes
	 * @param statistics where to count
	 */
	DirectLink(RedisBus bus, ClassicChannels channels, String uid, Inbox inbox, ClusterStatistics statistics) {
		this.bus = bus;
		this.channels = channels;
		this.uid = uid;
		this.inbox = inbox;
		this.statistics = statistics;
	}

	@Override
	public void open(Receiver receiver) {
		RedisBus.Subscription subscription = this.bus.subscribe(
				Set.of(this.channels.request(), this.channels.response(), this.channels.response(this.uid)),
				Set.of(this.channels.pattern()), (channel, message) -> add(receiver, channel, message));
		this.subscription = subscription;
		subscription.confirmed().thenRun(() -> this.confirmed.complete(null));
	}

	private void add(Receiver receiver, String channel, byte[] message) {
		if (!this.inbox.add(message.length, () -> receiver.receive(channel, message, false))) {
			this.statistics.overflow();
		}
	}

	@Override
	public void publish(ClassicMessage message) {
		this.bus.publish(message.channel(), message.bytes());
	}

	@Override
	public void respond(boolean local, ClassicMessage response) {
		publish(response);
	}

	@Override
	public CompletionStage<Void> confirmed() {
		return this.confirmed;
	}

	@Override
	public CompletionStage<Integer> members() {
		return this.bus.subscribers(this.channels.request());
	}

	@Override
	public boolean isUp() {
		return this.bus.isUp();
	}

	@Override
	public CompletionStage<Void> leave() {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void close() {
		RedisBus.Subscription subscription = this.subscription;
		if (subscription != null) {
			this.subscription = null;
			subscription.close();
		}
	}

}
