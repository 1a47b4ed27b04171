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
import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Link of a worker that has others beside it on its host. What it sends goes to them
 * directly, and over Redis to other hosts; what other hosts send is read from Redis by
 * one of the workers, for all. Responses to other hosts go over Redis only.
 */
final class HostLink implements ClassicLink {

	private static final Logger logger = LoggerFactory.getLogger(HostLink.class);

	private final Host host;

	private final RedisBus bus;

	private final ClassicChannels channels;

	private final String uid;

	private final ClusterStatistics statistics;

	private final String markers;

	private final CompletableFuture<Void> confirmed = new CompletableFuture<>();

	private final CompletableFuture<Void> left = new CompletableFuture<>();

	/** The host's inbox only. */
	private final SharedReading reading;

	private volatile boolean isReading = true;

	private volatile boolean open;

	private volatile @Nullable Receiver receiver;

	/** Requests and responses: also of those that do not read, so that Redis counts. */
	private RedisBus.@Nullable Subscription requests;

	/** Broadcasts. */
	private RedisBus.@Nullable Subscription broadcasts;

	/**
	 * Create a link.
	 * @param host the workers of this host
	 * @param bus the link to Redis
	 * @param channels names of the namespace's channels
	 * @param uid id of all workers of this host
	 * @param statistics where to count
	 */
	HostLink(Host host, RedisBus bus, ClassicChannels channels, String uid, ClusterStatistics statistics) {
		this.host = host;
		this.bus = bus;
		this.channels = channels;
		this.uid = uid;
		this.statistics = statistics;
		this.markers = channels.broadcast(Marker.ROOM);
		this.reading = new SharedReading(host.memberId(), new ReadingActions(), System::nanoTime);
	}

	@Override
	public void open(Receiver receiver) {
		this.receiver = receiver;
		this.open = true;
		this.host.add(this.channels.namespace(), this);
		this.host.control(() -> this.host.mates().forEach(this::onMate));
		synchronized (this) {
			RedisBus.Subscription requests = this.bus.subscribe(
					Set.of(this.channels.request(), this.channels.response(), this.channels.response(this.uid)),
					Set.of(), this::receive);
			this.requests = requests;
			subscribe().thenCombine(requests.confirmed(), (one, two) -> this.confirmed.complete(null));
		}
		this.confirmed.thenRun(() -> this.host.control(this.reading::onSubscribed));
	}

	private synchronized CompletionStage<Void> subscribe() {
		RedisBus.Subscription broadcasts = this.bus.subscribe(Set.of(), Set.of(this.channels.pattern()), this::receive);
		this.broadcasts = broadcasts;
		return broadcasts.confirmed();
	}

	private synchronized void unsubscribe() {
		RedisBus.Subscription broadcasts = this.broadcasts;
		if (broadcasts != null) {
			this.broadcasts = null;
			broadcasts.close();
		}
	}

	@Override
	public void publish(ClassicMessage message) {
		ClusterUnreachableException failure = null;
		try {
			this.host.publish(new HostFrame.Local(this.channels.namespace(), message));
		}
		catch (ClusterUnreachableException ex) {
			failure = ex;
		}
		this.bus.publish(message.channel(), message.bytes());
		if (failure != null) {
			throw failure;
		}
	}

	@Override
	public void respond(boolean local, ClassicMessage response) {
		if (local) {
			this.host.publish(new HostFrame.Local(this.channels.namespace(), response));
		}
		else {
			this.bus.publish(response.channel(), response.bytes());
		}
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
		if (this.open) {
			this.host.control(this.reading::leave);
		}
		else {
			this.left.complete(null);
		}
		return this.left.copy();
	}

	@Override
	public void close() {
		if (!this.open) {
			return;
		}
		this.open = false;
		this.host.remove(this.channels.namespace(), this);
		this.left.complete(null);
		unsubscribe();
		synchronized (this) {
			RedisBus.Subscription requests = this.requests;
			if (requests != null) {
				this.requests = null;
				requests.close();
			}
		}
		try {
			this.host.publish(new HostFrame.Gone(this.channels.namespace()));
		}
		catch (ClusterUnreachableException ex) {
			logger.debug("Other workers do not hear of the end of a namespace", ex);
		}
	}

	/**
	 * Return whether this worker reads from Redis itself.
	 * @return {@code true} if so
	 */
	boolean isReading() {
		return this.isReading;
	}

	private void receive(String channel, byte[] bytes) {
		this.host.handle(bytes.length, () -> handle(new ClassicMessage(channel, bytes)));
	}

	private void handle(ClassicMessage message) {
		Receiver receiver = this.receiver;
		if (receiver == null || !this.open) {
			return;
		}
		if (this.channels.isResponse(message.channel())) {
			receiver.receive(message.channel(), message.bytes(), false);
		}
		else if (message.channel().equals(this.markers)) {
			Marker marker = marker(message);
			if (marker != null) {
				this.reading.onMarker(marker, message);
			}
		}
		else if (!receiver.isOwn(message.bytes())) {
			this.reading.onMessage(message);
		}
		note();
	}

	private @Nullable Marker marker(ClassicMessage message) {
		try {
			return Marker.decode(message.bytes());
		}
		catch (MalformedMessageException ex) {
			this.statistics.receiveMalformed();
			logger.debug("A message on channel {} is dropped", message.channel(), ex);
			return null;
		}
	}

	/**
	 * Take a frame of another worker. The host's inbox only.
	 * @param mate its id
	 * @param frame the frame
	 */
	void onFrame(String mate, HostFrame frame) {
		Receiver receiver = this.receiver;
		if (receiver == null) {
			return;
		}
		if (frame instanceof HostFrame.Local local) {
			receiver.receive(local.message().channel(), local.message().bytes(), true);
		}
		else if (frame instanceof HostFrame.Relayed relayed) {
			onRelayed(mate, relayed.message());
		}
		else if (frame instanceof HostFrame.Stands stands) {
			this.reading.onStanding(mate, stands.standing());
		}
		else if (frame instanceof HostFrame.Attached attached) {
			this.reading.onAttached(mate, attached.number());
		}
		else if (frame instanceof HostFrame.Detached detached) {
			this.reading.onDetached(mate, detached.number());
		}
		else {
			this.reading.onGone(mate);
		}
		note();
	}

	private void onRelayed(String mate, ClassicMessage message) {
		if (!message.channel().equals(this.markers)) {
			this.reading.onRelayed(mate, message);
			return;
		}
		Marker marker = marker(message);
		if (marker != null) {
			this.reading.onRelayedMarker(mate, marker);
		}
	}

	/**
	 * Note that there is another worker. The host's inbox only.
	 * @param mate its id
	 */
	void onMate(String mate) {
		this.reading.onMate(mate);
	}

	/**
	 * Note that another worker is gone. The host's inbox only.
	 * @param mate its id
	 */
	void onMateGone(String mate) {
		this.reading.onGone(mate);
		note();
	}

	/**
	 * Note whether Redis is there. The host's inbox only.
	 * @param up whether it is
	 */
	void onUp(boolean up) {
		this.reading.onUp(up);
		note();
	}

	/**
	 * See what has taken too long. The host's inbox only.
	 */
	void tick() {
		this.reading.tick();
		note();
	}

	private void note() {
		this.isReading = !this.reading.isFollowing();
	}

	/**
	 * What is done where this worker and others read in turn.
	 */
	private final class ReadingActions implements SharedReading.Actions {

		@Override
		public void handle(ClassicMessage message) {
			Receiver receiver = HostLink.this.receiver;
			if (receiver != null) {
				receiver.receive(message.channel(), message.bytes(), false);
			}
		}

		@Override
		public void relay(ClassicMessage message) {
			try {
				HostLink.this.host.publish(new HostFrame.Relayed(HostLink.this.channels.namespace(), message));
			}
			catch (ClusterUnreachableException ex) {
				HostLink.this.statistics.failToPublish();
				logger.debug("A message of another host does not reach the other workers", ex);
			}
		}

		@Override
		public boolean mark(Marker marker) {
			try {
				HostLink.this.bus.publish(HostLink.this.markers, marker.encode());
				return true;
			}
			catch (ClusterUnreachableException ex) {
				logger.debug("Redis is away", ex);
				return false;
			}
		}

		@Override
		public boolean announce(Standing standing) {
			try {
				HostLink.this.host.publish(new HostFrame.Stands(HostLink.this.channels.namespace(), standing));
				return true;
			}
			catch (ClusterUnreachableException ex) {
				logger.debug("Other workers do not hear of this one", ex);
				return false;
			}
		}

		@Override
		public void tell(String mate, Standing standing) {
			HostLink.this.host.send(mate, new HostFrame.Stands(HostLink.this.channels.namespace(), standing));
		}

		@Override
		public void attach(String mate, long number) {
			HostLink.this.host.send(mate, new HostFrame.Attached(HostLink.this.channels.namespace(), number));
		}

		@Override
		public void detach(String mate, long number) {
			HostLink.this.host.send(mate, new HostFrame.Detached(HostLink.this.channels.namespace(), number));
		}

		@Override
		public void subscribe() {
			if (HostLink.this.open) {
				HostLink.this.subscribe()
					.thenRun(() -> HostLink.this.host.control(HostLink.this.reading::onSubscribed));
			}
		}

		@Override
		public void unsubscribe() {
			HostLink.this.unsubscribe();
		}

		@Override
		public boolean isOrdered() {
			return HostLink.this.bus.isOrdered();
		}

		@Override
		public void left() {
			HostLink.this.left.complete(null);
		}

	}

}
