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

package io.github.socketioboot.cluster;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.socketioboot.cluster.message.ClusterEnvelope;
import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.AdapterClose;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessage.Heartbeat;
import io.github.socketioboot.cluster.message.ClusterMessage.InitialHeartbeat;
import io.github.socketioboot.cluster.message.ClusterMessageCodec;
import io.github.socketioboot.cluster.message.ClusterMessageType;
import io.github.socketioboot.cluster.message.ClusterResponse;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as a member of a cluster: makes the adapters of its namespaces and sorts
 * what comes to them. Thread-safe; no method blocks.
 * <p>
 * Members are those that the transport tells of, and those that were heard within the
 * heartbeat timeout.
 *
 * @since 0.1.0
 */
public final class ClusterNode implements ClusterMember {

	/**
	 * Largest message, in bytes. Transports carry it.
	 */
	static final int MAX_MESSAGE = 60 << 20;

	private static final Logger logger = LoggerFactory.getLogger(ClusterNode.class);

	/**
	 * Namespace of messages about members.
	 */
	private static final String NO_NAMESPACE = "";

	private static final long MAX_SCAN_MILLIS = 1000;

	private static final long MIN_SCAN_MILLIS = 10;

	private final ClusterTransport transport;

	private final ClusterConfig config;

	private final LongSupplier clock;

	private final ScheduledExecutorService timer;

	private final Inbox inbox;

	private final ClusterMessageCodec codec = new ClusterMessageCodec();

	private final ClusterStatistics statistics = new ClusterStatistics();

	private final Map<String, NodeAdapter> adapters = new ConcurrentHashMap<>();

	private final Members members = new Members();

	private volatile boolean open;

	private volatile long published;

	/**
	 * When {@link #scan()} ran. That thread only.
	 */
	private long scanned;

	/**
	 * Create a node. It is a member from {@link #open()} on.
	 * @param transport the way to other members
	 * @param config times
	 */
	public ClusterNode(ClusterTransport transport, ClusterConfig config) {
		this(transport, config, System::nanoTime, newTimer());
	}

	/**
	 * Create a node.
	 * @param transport the way to other members
	 * @param config times
	 * @param clock the time in nanoseconds
	 * @param timer runs timeouts; is shut down by {@link #close()}
	 */
	ClusterNode(ClusterTransport transport, ClusterConfig config, LongSupplier clock, ScheduledExecutorService timer) {
		this.transport = transport;
		this.config = config;
		this.clock = clock;
		this.timer = timer;
		this.inbox = new Inbox(transport::setReading);
	}

	private static ScheduledExecutorService newTimer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
				new DefaultThreadFactory("socketio-cluster", true));
		timer.setRemoveOnCancelPolicy(true);
		return timer;
	}

	@Override
	public Adapter create(AdapterNamespace namespace) {
		NodeAdapter adapter = new NodeAdapter(namespace);
		this.adapters.put(namespace.name(), adapter);
		return adapter;
	}

	@Override
	public CompletionStage<@Nullable Void> open() {
		this.open = true;
		this.transport.open(new TransportListener());
		publishQuietly(new InitialHeartbeat());
		this.scanned = this.clock.getAsLong();
		long interval = Math.min(this.config.heartbeatInterval().toMillis(), this.config.heartbeatTimeout().toMillis());
		long period = Math.max(MIN_SCAN_MILLIS, Math.min(MAX_SCAN_MILLIS, interval / 4));
		this.timer.scheduleWithFixedDelay(this::scan, period, period, TimeUnit.MILLISECONDS);
		return CompletableFuture.completedFuture(null);
	}

	/**
	 * Leave the cluster at once. Requests of others that wait for this node end.
	 */
	@Override
	public CompletionStage<@Nullable Void> close() {
		try {
			if (this.open) {
				publishQuietly(new AdapterClose());
				this.open = false;
				this.transport.close();
			}
		}
		finally {
			this.timer.shutdownNow();
			this.inbox.close();
			this.adapters.values().forEach(NodeAdapter::end);
		}
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public String adapter() {
		return "local";
	}

	// A process that loses its primary ends
	@Override
	public boolean isConnected() {
		return true;
	}

	/**
	 * Return the members that are known to live, this one included.
	 * @return their ids
	 */
	@Override
	public Set<String> members() {
		Set<String> members = new HashSet<>(this.members.ids());
		members.add(this.transport.memberId());
		return Set.copyOf(members);
	}

	@Override
	public ClusterStatistics statistics() {
		return this.statistics;
	}

	/**
	 * Say that this node lives if it has said nothing for a while, and drop members that
	 * have said nothing for longer.
	 */
	void scan() {
		try {
			long now = this.clock.getAsLong();
			long timeout = this.config.heartbeatTimeout().toNanos();
			if (now - this.scanned > timeout / 2) {
				// Not the others were silent, this process has stood still
				this.members.forgive(now);
			}
			this.scanned = now;
			if (now - this.published >= this.config.heartbeatInterval().toNanos()) {
				publishQuietly(new Heartbeat());
			}
			this.members.expire(now, timeout).forEach((member) -> {
				logger.info("Member {} of the cluster was not heard for {}", member, this.config.heartbeatTimeout());
				this.adapters.values().forEach((adapter) -> adapter.memberLeft(member, true));
			});
		}
		catch (RuntimeException ex) {
			logger.warn("Cannot look after the members of the cluster", ex);
		}
	}

	private void hear(String member) {
		if (this.members.hear(member, this.clock.getAsLong())) {
			logger.debug("Member {} is in the cluster", member);
		}
	}

	private void leave(String member, boolean dead) {
		if (this.members.leave(member)) {
			logger.debug("Member {} is in the cluster no longer", member);
			this.adapters.values().forEach((adapter) -> adapter.memberLeft(member, dead));
		}
	}

	private void handle(String member, ByteBuf bytes) {
		try {
			ClusterEnvelope envelope = this.codec.decode(bytes);
			ClusterMessage message = envelope.message();
			this.statistics.receive(message.type());
			hear(member);
			try {
				dispatch(member, envelope.namespace(), message);
			}
			finally {
				if (message instanceof Broadcast broadcast) {
					broadcast.packet().release();
				}
			}
		}
		catch (MalformedMessageException | RuntimeException ex) {
			this.statistics.receiveMalformed();
			logger.debug("A message of member {} is dropped", member, ex);
		}
		finally {
			bytes.release();
		}
	}

	private void dispatch(String member, String namespace, ClusterMessage message) {
		if (message.type() == ClusterMessageType.ADAPTER_CLOSE) {
			leave(member, false);
		}
		else if (message.type() == ClusterMessageType.INITIAL_HEARTBEAT) {
			sendQuietly(member, NO_NAMESPACE, new Heartbeat());
		}
		else if (!message.type().isOfMembers()) {
			NodeAdapter adapter = this.adapters.get(namespace);
			if (adapter != null) {
				adapter.take(member, message);
			}
			else {
				this.statistics.receiveForeign();
				ClusterResponse response = AbsentNamespace.answer(message);
				if (response != null) {
					sendQuietly(member, namespace, response);
				}
			}
		}
	}

	private void publish(String namespace, ClusterMessage message, ClusterMessageCodec codec) {
		if (!this.open) {
			return;
		}
		ByteBuf bytes = encode(namespace, message, codec);
		try {
			this.transport.publish(bytes);
		}
		catch (ClusterUnreachableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new ClusterUnreachableException("The transport has failed", ex);
		}
		this.published = this.clock.getAsLong();
		this.statistics.send(message.type());
	}

	private void send(String member, String namespace, ClusterMessage message, ClusterMessageCodec codec) {
		if (!this.open) {
			return;
		}
		ByteBuf bytes = encode(namespace, message, codec);
		try {
			this.transport.send(member, bytes);
		}
		catch (ClusterUnreachableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new ClusterUnreachableException("The transport has failed", ex);
		}
		this.statistics.send(message.type());
	}

	private static ByteBuf encode(String namespace, ClusterMessage message, ClusterMessageCodec codec) {
		ByteBuf bytes = codec.encode(namespace, message);
		if (bytes.readableBytes() > MAX_MESSAGE) {
			int size = bytes.readableBytes();
			bytes.release();
			throw new ClusterUnreachableException("size of message: " + size + " (expected: <= " + MAX_MESSAGE + ")");
		}
		return bytes;
	}

	private void publishQuietly(ClusterMessage message) {
		try {
			publish(NO_NAMESPACE, message, this.codec);
		}
		catch (ClusterUnreachableException ex) {
			this.statistics.failToPublish();
			logger.debug("Other members do not hear of this one", ex);
		}
	}

	private void sendQuietly(String member, String namespace, ClusterMessage message) {
		try {
			send(member, namespace, message, this.codec);
		}
		catch (ClusterUnreachableException ex) {
			this.statistics.failToPublish();
			logger.debug("Member {} does not hear of this one", member, ex);
		}
	}

	/**
	 * Hands over to the inbox, joins and leaves too: these must not overtake messages.
	 */
	private final class TransportListener implements ClusterTransport.Listener {

		@Override
		public void onMessage(String memberId, ByteBuf message) {
			if (isOwn(memberId)) {
				return;
			}
			message.retain();
			if (!ClusterNode.this.inbox.add(message.readableBytes(), () -> handle(memberId, message))) {
				message.release();
				ClusterNode.this.statistics.overflow();
			}
		}

		@Override
		public void onJoin(String memberId) {
			if (!isOwn(memberId)) {
				ClusterNode.this.inbox.add(0, () -> hear(memberId));
			}
		}

		@Override
		public void onLeave(String memberId) {
			if (!isOwn(memberId)) {
				ClusterNode.this.inbox.add(0, () -> leave(memberId, true));
			}
		}

		private boolean isOwn(String memberId) {
			return ClusterNode.this.transport.memberId().equals(memberId);
		}

	}

	/**
	 * Adapter of one namespace.
	 */
	private final class NodeAdapter extends ClusterAdapter {

		private final ClusterMessageCodec codec;

		NodeAdapter(AdapterNamespace namespace) {
			super(namespace, ClusterNode.this.config, ClusterNode.this.timer, ClusterNode.this.statistics);
			this.codec = new ClusterMessageCodec(namespace.encoder());
		}

		@Override
		protected void doPublish(ClusterMessage message) {
			publish(namespace().name(), message, this.codec);
		}

		@Override
		protected void doPublishResponse(String requester, ClusterResponse response) {
			send(requester, namespace().name(), response, this.codec);
		}

		@Override
		protected Audience audience() {
			return new Audience.Named(ClusterNode.this.members.ids());
		}

		void take(String member, ClusterMessage message) {
			onMessage(member, message);
		}

		void memberLeft(String member, boolean dead) {
			onLeave(member, dead);
		}

		void end() {
			failRequests();
		}

		@Override
		public void close() {
			ClusterNode.this.adapters.remove(namespace().name(), this);
			super.close();
		}

	}

}
