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

package io.github.socketioboot.cluster.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.link.WorkerReport;
import io.github.socketioboot.engine.netty.ConnectionSink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This worker's end of its link: sorts what comes from the primary. Event loop of the
 * link only, except where a method says otherwise.
 */
final class WorkerDesk {

	private static final Logger logger = LoggerFactory.getLogger(WorkerDesk.class);

	private final WorkerIdentity identity;

	private final Link link;

	private final Neighbours neighbours;

	private final LinkTransport transport;

	private final Arrivals arrivals;

	private final Departures departures;

	private final Requests requests;

	private final Wishes wishes = new Wishes();

	private final Pulse pulse;

	private boolean opened;

	private LinkFrame.@Nullable Ready ready;

	private boolean closing;

	private volatile @Nullable Remains remains;

	WorkerDesk(WorkerIdentity identity, Link link, LinkConfig config) {
		this.identity = identity;
		this.link = link;
		this.neighbours = new Neighbours(identity);
		this.transport = new LinkTransport(identity, link, config);
		this.arrivals = new Arrivals(link);
		this.departures = new Departures(link);
		this.requests = new Requests(link);
		this.pulse = new Pulse(link, this::expire);
		this.pulse.start();
	}

	/**
	 * Return the link. Thread-safe.
	 * @return always the same
	 */
	Link link() {
		return this.link;
	}

	/**
	 * Return the other workers. Thread-safe.
	 * @return always the same
	 */
	Neighbours neighbours() {
		return this.neighbours;
	}

	/**
	 * Return the way to other members. Thread-safe.
	 * @return always the same
	 */
	LinkTransport transport() {
		return this.transport;
	}

	/**
	 * Return the requests to the primary. Thread-safe.
	 * @return always the same
	 */
	Requests requests() {
		return this.requests;
	}

	/**
	 * Deliver connections from now on. Thread-safe.
	 * @param sink takes them
	 * @return completed when they may come
	 */
	CompletionStage<@Nullable Void> open(ConnectionSink sink) {
		return run(() -> {
			this.arrivals.open(sink);
			this.pulse.sink(sink);
			this.opened = true;
			sendReady();
		});
	}

	/**
	 * Deliver no more connections. Thread-safe.
	 * @return completed when none comes
	 */
	CompletionStage<@Nullable Void> closeConnections() {
		return run(() -> {
			this.arrivals.close();
			this.opened = false;
		});
	}

	/**
	 * Hand a connection back to the primary. Thread-safe.
	 * @param channel the connection, deregistered; ownership passes
	 * @param bytes what was read of it; ownership passes
	 */
	void handOn(Channel channel, ByteBuf bytes) {
		this.departures.handOn(channel, bytes);
	}

	/**
	 * Tell the primary that this worker serves, as soon as connections may come.
	 * Thread-safe.
	 * @param httpPort port of the web server, or 0
	 * @param managementPort port of the management server, or 0
	 */
	void ready(int httpPort, int managementPort) {
		run(() -> {
			this.ready = new LinkFrame.Ready(httpPort, managementPort, this.identity.proxySocket().toString());
			sendReady();
		});
	}

	/**
	 * Tell a listener of the primary's wishes. Thread-safe.
	 * @param listener the listener
	 */
	void listen(Worker.Listener listener) {
		run(() -> {
			if (this.neighbours.status() != null) {
				listener.onHost(this.neighbours.status());
			}
			this.wishes.listen(listener);
		});
	}

	/**
	 * Send reports from now on. Thread-safe.
	 * @param reports makes them
	 */
	void reports(Supplier<WorkerReport> reports) {
		run(() -> this.pulse.reports(reports));
	}

	/**
	 * Close the link. Thread-safe.
	 * @return completed when it is about to be closed
	 */
	CompletionStage<@Nullable Void> close() {
		Remains remains = this.remains;
		if (remains != null) {
			// This process may end before the next look
			remains.removeNow();
		}
		return run(() -> {
			this.closing = true;
			this.link.close();
		});
	}

	/**
	 * Take a frame.
	 * @param frame the frame
	 */
	void onFrame(LinkFrame frame) {
		if (frame instanceof LinkFrame.Message message) {
			this.transport.onMessage(message);
		}
		else if (frame instanceof LinkFrame.HandOver handOver) {
			this.arrivals.onHead(handOver, System.nanoTime());
		}
		else if (frame instanceof LinkFrame.Accepted accepted) {
			this.departures.onAnswer(accepted.cookie());
		}
		else if (frame instanceof LinkFrame.Rejected rejected) {
			this.departures.onAnswer(rejected.cookie());
		}
		else if (frame instanceof LinkFrame.Ping ping) {
			this.link.send(new LinkFrame.Pong(ping.time()));
		}
		else if (frame instanceof LinkFrame.Join join) {
			this.transport.onJoin(join.worker());
		}
		else if (frame instanceof LinkFrame.Leave leave) {
			this.transport.onLeave(leave.worker());
		}
		else if (frame instanceof LinkFrame.CommandResult result) {
			this.requests.onAnswer(result);
		}
		else {
			onWish(frame);
		}
	}

	/**
	 * Take a descriptor.
	 * @param descriptor the descriptor; ownership passes
	 */
	void onDescriptor(FileDescriptor descriptor) {
		this.arrivals.onDescriptor(descriptor, System.nanoTime());
	}

	/**
	 * Go on to send descriptors.
	 */
	void onDescriptorsWritable() {
		this.departures.sendNext();
	}

	/**
	 * Note that the link is closed.
	 * @param reason why
	 */
	void onClosed(String reason) {
		this.pulse.stop();
		this.arrivals.close();
		this.departures.close();
		this.requests.close();
		this.transport.onLost();
		if (!this.closing) {
			logger.warn("The link to the primary is closed: {}", reason);
			if (this.link.peerPid() != 0) {
				Remains remains = new Remains(this.identity, this.link.peerPid());
				this.remains = remains;
				remains.remove();
			}
			this.wishes.tell(Worker.Listener::onPrimaryLost);
		}
	}

	private void onWish(LinkFrame frame) {
		if (frame instanceof LinkFrame.Host host) {
			this.neighbours.onHost(host.status());
			this.wishes.tellNow((listener) -> listener.onHost(host.status()));
		}
		else if (frame instanceof LinkFrame.Drain drain) {
			this.neighbours.onDrain();
			this.wishes.tell((listener) -> listener.onDrain(drain.closeSessions()));
		}
		else if (frame instanceof LinkFrame.Stop) {
			this.neighbours.onDrain();
			this.wishes.tell(Worker.Listener::onStop);
		}
		else {
			logger.debug("A worker is not told {}", frame);
		}
	}

	private void sendReady() {
		LinkFrame.Ready frame = this.ready;
		if (this.opened && frame != null) {
			this.ready = null;
			this.link.send(frame);
		}
	}

	private void expire() {
		long now = System.nanoTime();
		this.arrivals.expire(now);
		this.departures.expire(now);
	}

	private CompletionStage<@Nullable Void> run(Runnable task) {
		try {
			return CompletableFuture.runAsync(task, this.link.loop());
		}
		catch (RejectedExecutionException ex) {
			// The link is closed, and with it all that there is to do
			return CompletableFuture.completedFuture(null);
		}
	}

}
