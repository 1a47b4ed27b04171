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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.Inbox;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link HostLink} and {@link Host}.
 */
class HostLinkTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String MATE = "1@host";

	private final ClusterStatistics statistics = new ClusterStatistics();

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private final RecordingTransport transport = new RecordingTransport("2@host");

	private final Inbox inbox = new Inbox(this.transport::setReading);

	private final Host host = new Host(this.transport, this.inbox, this.timer, this.statistics);

	private final RecordingBus bus = new RecordingBus();

	private final ClassicChannels channels = new ClassicChannels(ClassicChannels.DEFAULT_KEY, "/");

	private final HostLink link = new HostLink(this.host, this.bus, this.channels, this.host.uid("/"), this.statistics);

	private final List<String> received = new CopyOnWriteArrayList<>();

	@BeforeEach
	void open() {
		this.host.open();
		this.link.open(new ClassicLink.Receiver() {

			@Override
			public void receive(String channel, byte[] message, boolean local) {
				HostLinkTests.this.received
					.add(new String(message, StandardCharsets.UTF_8) + (local ? " of the host" : ""));
			}

			@Override
			public boolean isOwn(byte[] message) {
				return message[0] == 'o';
			}

		});
	}

	@AfterEach
	void close() {
		this.timer.shutdownNow();
		this.inbox.close();
	}

	@Test
	void workersOfAHostHaveOneIdInEachNamespace() {
		Host mate = new Host(new RecordingTransport(MATE), this.inbox, this.timer, this.statistics);
		Host other = new Host(new RecordingTransport("2@other"), this.inbox, this.timer, this.statistics);
		assertThat(this.host.uid("/")).matches("[A-Za-z0-9_-]{6}")
			.isEqualTo(mate.uid("/"))
			.isNotEqualTo(mate.uid("/a"))
			.isNotEqualTo(other.uid("/"));
	}

	@Test
	void whatIsForAllGoesOverTheRelayAndOverRedis() {
		this.link.publish(message("m"));
		assertThat(this.transport.frames(HostFrame.Local.class)).hasSize(1);
		assertThat(this.bus.published).containsExactly("m");
	}

	@Test
	void whatTheRelayDoesNotTakeGoesOverRedisStill() {
		this.transport.failing = true;
		assertThatExceptionOfType(ClusterUnreachableException.class).isThrownBy(() -> this.link.publish(message("m")))
			.withMessage("too long");
		assertThat(this.bus.published).containsExactly("m");
	}

	@Test
	void whatRedisDoesNotTakeGoesOverTheRelayStill() {
		this.bus.up = false;
		assertThatExceptionOfType(ClusterUnreachableException.class).isThrownBy(() -> this.link.publish(message("m")))
			.withMessage("away");
		assertThat(this.transport.frames(HostFrame.Local.class)).hasSize(1);
	}

	@Test
	void responsesGoWhereTheRequestHasComeFrom() {
		this.link.respond(true, message("near"));
		this.link.respond(false, message("far"));
		assertThat(this.transport.frames(HostFrame.Local.class)).hasSize(1);
		assertThat(this.bus.published).containsExactly("far");
	}

	@Test
	void whatRedisGivesBackIsDropped() {
		this.bus.deliver(this.channels.broadcast(), "own");
		this.bus.deliver(this.channels.broadcast(), "foreign");
		this.transport.deliver(MATE, new HostFrame.Local("/", message("own")));
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.received).containsExactly("foreign", "own of the host"));
	}

	@Test
	void garbageOfRedisAndOfOtherWorkersIsCounted() {
		this.bus.deliver(this.channels.broadcast(Marker.ROOM), "garbage");
		this.transport.deliver(MATE, Unpooled.wrappedBuffer(new byte[] { 1, 2, 3 }));
		await().atMost(LIMIT).until(() -> this.statistics.malformed() == 2);
		this.bus.deliver(this.channels.broadcast(), "next");
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.received).containsExactly("next"));
	}

	@Test
	void messagesOfNamespacesThatAreNotHereAreDropped() {
		this.transport.deliver(MATE, new HostFrame.Local("/other", message("other")));
		this.transport.deliver(MATE, new HostFrame.Local("/", message("m")));
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.received).containsExactly("m of the host"));
	}

	@Test
	void aRelayThatDoesNotTakeWhatIsRelayedIsCounted() {
		this.host.onUp(true);
		this.transport.deliver(MATE, new HostFrame.Stands("/", new Standing(false, true)));
		this.bus.deliver(this.channels.broadcast(Marker.ROOM), new Marker(MATE, "2@host", 7).encode());
		await().atMost(LIMIT).until(() -> !this.transport.frames(HostFrame.Attached.class).isEmpty());
		this.transport.failing = true;
		this.bus.deliver(this.channels.broadcast(), "m");
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.received).containsExactly("m"));
		assertThat(this.statistics.publishFailures()).isOne();
	}

	@Test
	void whoFollowsKeepsItsSubscriptionToRequests() {
		this.host.onUp(true);
		this.bus.subscriptions.forEach(RecordingSubscription::confirm);
		this.transport.deliver(MATE, new HostFrame.Stands("/", new Standing(true, true)));
		await().atMost(LIMIT).until(() -> !this.bus.markers.isEmpty());
		Marker marker = this.bus.markers.get(0);
		assertThat(marker.mate()).isEqualTo(MATE);
		this.bus.deliver(this.channels.broadcast(Marker.ROOM), marker.encode());
		this.transport.deliver(MATE, new HostFrame.Attached("/", marker.number()));
		await().atMost(LIMIT).until(() -> !this.link.isReading());
		assertThat(this.bus.subscriptions).filteredOn((subscription) -> !subscription.closed)
			.singleElement()
			.satisfies((subscription) -> assertThat(subscription.channels).contains(this.channels.request(),
					this.channels.response()));
		this.bus.deliver(this.channels.request(), "read");
		this.bus.deliver(this.channels.response(), "response");
		this.transport.deliver(MATE, new HostFrame.Relayed("/",
				new ClassicMessage(this.channels.request(), "relayed".getBytes(StandardCharsets.UTF_8))));
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.received).containsExactly("response", "relayed"));
	}

	@Test
	void aLinkThatIsClosedTellsTheOthers() {
		assertThat(this.link.leave().toCompletableFuture()).succeedsWithin(LIMIT);
		this.link.close();
		assertThat(this.transport.frames(HostFrame.Gone.class)).hasSize(1);
		assertThat(this.bus.subscriptions).allMatch((subscription) -> subscription.closed);
		assertThat(this.host.leave().toCompletableFuture()).succeedsWithin(LIMIT);
	}

	private ClassicMessage message(String text) {
		return new ClassicMessage(this.channels.broadcast(), text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Transport to nowhere.
	 */
	private static final class RecordingTransport implements ClusterTransport {

		private final String id;

		private final List<HostFrame> sent = new CopyOnWriteArrayList<>();

		private volatile @Nullable Listener listener;

		private volatile boolean failing;

		RecordingTransport(String id) {
			this.id = id;
		}

		@Override
		public String memberId() {
			return this.id;
		}

		@Override
		public void publish(ByteBuf message) {
			try {
				if (this.failing) {
					throw new ClusterUnreachableException("too long");
				}
				this.sent.add(HostFrameCodec.decode(message));
			}
			catch (MalformedMessageException ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				message.release();
			}
		}

		@Override
		public void send(String memberId, ByteBuf message) {
			publish(message);
		}

		@Override
		public void open(Listener listener) {
			this.listener = listener;
			listener.onJoin(MATE);
		}

		@Override
		public void close() {
		}

		void deliver(String sender, HostFrame frame) {
			deliver(sender, frame.encode());
		}

		void deliver(String sender, ByteBuf bytes) {
			Listener listener = this.listener;
			assertThat(listener).isNotNull();
			listener.onMessage(sender, bytes);
			bytes.release();
		}

		<F extends HostFrame> List<HostFrame> frames(Class<F> type) {
			return this.sent.stream().filter(type::isInstance).toList();
		}

	}

	/**
	 * Redis without a Redis.
	 */
	private static final class RecordingBus implements RedisBus {

		private final List<String> published = new CopyOnWriteArrayList<>();

		private final List<Marker> markers = new CopyOnWriteArrayList<>();

		private final List<RecordingSubscription> subscriptions = new CopyOnWriteArrayList<>();

		private volatile boolean up = true;

		@Override
		public void open() {
		}

		@Override
		public void publish(String channel, byte[] message) {
			if (!this.up) {
				throw new ClusterUnreachableException("away");
			}
			if (channel.contains(Marker.ROOM)) {
				try {
					this.markers.add(Marker.decode(message));
				}
				catch (MalformedMessageException ex) {
					throw new IllegalStateException(ex);
				}
			}
			else {
				this.published.add(new String(message, StandardCharsets.UTF_8));
			}
		}

		@Override
		public Subscription subscribe(Set<String> channels, Set<String> patterns, Listener listener) {
			RecordingSubscription subscription = new RecordingSubscription(channels, patterns, listener);
			this.subscriptions.add(subscription);
			return subscription;
		}

		@Override
		public CompletionStage<Integer> subscribers(String channel) {
			return CompletableFuture.completedFuture(1);
		}

		@Override
		public boolean isUp() {
			return this.up;
		}

		@Override
		public boolean isOrdered() {
			return true;
		}

		@Override
		public CompletionStage<Void> close() {
			return CompletableFuture.completedFuture(null);
		}

		void deliver(String channel, String message) {
			deliver(channel, message.getBytes(StandardCharsets.UTF_8));
		}

		void deliver(String channel, byte[] message) {
			for (RecordingSubscription subscription : new ArrayList<>(this.subscriptions)) {
				boolean matches = subscription.channels.contains(channel) || subscription.patterns.stream()
					.anyMatch((pattern) -> channel.startsWith(pattern.substring(0, pattern.length() - 1)));
				if (matches && !subscription.closed) {
					subscription.listener.onMessage(channel, message);
				}
			}
		}

	}

	/**
	 * A subscription that a test confirms.
	 */
	private static final class RecordingSubscription implements RedisBus.Subscription {

		private final Set<String> channels;

		private final Set<String> patterns;

		private final RedisBus.Listener listener;

		private final CompletableFuture<Void> confirmed = new CompletableFuture<>();

		private volatile boolean closed;

		RecordingSubscription(Set<String> channels, Set<String> patterns, RedisBus.Listener listener) {
			this.channels = channels;
			this.patterns = patterns;
			this.listener = listener;
		}

		void confirm() {
			this.confirmed.complete(null);
		}

		@Override
		public CompletionStage<Void> confirmed() {
			return this.confirmed;
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
