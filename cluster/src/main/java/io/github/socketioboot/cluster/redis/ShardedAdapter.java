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

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.Inbox;
import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.cluster.message.ClusterResponse;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.github.socketioboot.engine.adapter.AdapterSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adapter of a namespace that speaks the protocol of {@code createShardedAdapter} of
 * {@code @socket.io/redis-adapter}: members are counted by Redis and have an id for each
 * namespace. Thread-safe.
 */
final class ShardedAdapter extends RedisAdapter {

	private static final Logger logger = LoggerFactory.getLogger(ShardedAdapter.class);

	private static final int ID_BYTES = 8;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final RedisBus bus;

	private final Inbox inbox;

	private final ClusterStatistics statistics;

	private final Consumer<ShardedAdapter> onClose;

	private final String uid = newId();

	private final ShardedChannels channels;

	private final ShardedCodec codec;

	private final RoomChannels rooms;

	private final Set<String> sockets = ConcurrentHashMap.newKeySet();

	private final RecentJoins joins = new RecentJoins(System::nanoTime);

	private volatile RedisBus.@Nullable Subscription subscription;

	private final CompletableFuture<@Nullable Void> subscribed = new CompletableFuture<>();

	/**
	 * Create an adapter. It is a member from {@link #open()} on.
	 * @param namespace its namespace
	 * @param bus the link to Redis
	 * @param inbox handles what comes
	 * @param config how the servers talk to each other
	 * @param times times of the cluster
	 * @param timer ends requests
	 * @param statistics where to count
	 * @param onClose told when the namespace ends
	 */
	ShardedAdapter(AdapterNamespace namespace, RedisBus bus, Inbox inbox, RedisConfig config, ClusterConfig times,
			ScheduledExecutorService timer, ClusterStatistics statistics, Consumer<ShardedAdapter> onClose) {
		super(namespace, times, timer, statistics);
		this.bus = bus;
		this.inbox = inbox;
		this.statistics = statistics;
		this.onClose = onClose;
		this.channels = new ShardedChannels(config.key(), namespace.name(), config.subscriptionMode());
		this.codec = new ShardedCodec(namespace.name(), this.uid, namespace.encoder());
		this.rooms = new RoomChannels(bus, this.channels, this::receive);
	}

	private static String newId() {
		byte[] id = new byte[ID_BYTES];
		RANDOM.nextBytes(id);
		return HexFormat.of().formatHex(id);
	}

	@Override
	void open() {
		RedisBus.Subscription subscription = this.bus
			.subscribe(Set.of(this.channels.members(), this.channels.response(this.uid)), Set.of(), this::receive);
		this.subscription = subscription;
		subscription.confirmed().thenRun(() -> this.subscribed.complete(null));
	}

	@Override
	void leave() {
		RedisBus.Subscription subscription = this.subscription;
		if (subscription != null) {
			this.subscription = null;
			subscription.close();
		}
		this.rooms.close();
		failRequests();
	}

	@Override
	public void close() {
		this.onClose.accept(this);
		leave();
		super.close();
	}

	@Override
	public void add(AdapterSocket socket) {
		super.add(socket);
		if (this.sockets.add(socket.id())) {
			this.rooms.add(socket.id());
		}
	}

	@Override
	public void remove(AdapterSocket socket) {
		super.remove(socket);
		if (this.sockets.remove(socket.id())) {
			this.rooms.remove(socket.id());
		}
	}

	@Override
	protected void onRoomCreated(String room) {
		this.rooms.add(room);
	}

	@Override
	protected void onRoomDeleted(String room) {
		this.rooms.remove(room);
	}

	@Override
	protected void doPublish(ClusterMessage message) {
		publish(channel(message), message);
		if (message instanceof SocketsJoin join) {
			this.joins.add(join.rooms());
		}
	}

	private String channel(ClusterMessage message) {
		String room = this.channels.roomOf(message);
		return (room != null && !this.joins.contains(room)) ? this.channels.room(room) : this.channels.members();
	}

	@Override
	protected void doPublishResponse(String requester, ClusterResponse response) {
		publish(this.channels.response(requester), response);
	}

	private void publish(String channel, ClusterMessage message) {
		this.bus.publish(channel, this.codec.encode(message));
		this.statistics.send(message.type());
	}

	@Override
	CompletionStage<@Nullable Void> confirmed() {
		return this.subscribed;
	}

	@Override
	boolean isUp() {
		return this.bus.isUp();
	}

	@Override
	CompletionStage<Integer> members() {
		return this.bus.subscribers(this.channels.members());
	}

	private void receive(String channel, byte[] bytes) {
		if (!this.inbox.add(bytes.length, () -> handle(channel, bytes))) {
			this.statistics.overflow();
		}
	}

	private void handle(String channel, byte[] bytes) {
		if (this.codec.isOwn(bytes) || isOfEmptyRoom(channel)) {
			return;
		}
		try {
			ShardedEnvelope envelope = this.codec.decode(bytes);
			if (envelope != null) {
				handle(envelope.uid(), envelope.message());
			}
		}
		catch (MalformedMessageException | RuntimeException ex) {
			this.statistics.receiveMalformed();
			logger.debug("A message on channel {} is dropped", channel, ex);
		}
	}

	private boolean isOfEmptyRoom(String channel) {
		String owner = this.channels.owner(channel);
		return owner != null && !owner.equals(this.uid) && size(owner) == 0;
	}

}
