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

package io.github.socketioboot.cluster.primary;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.LinkListener;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The open link of a worker: sorts what comes over it. Event loop only.
 */
final class WorkerLink implements LinkListener {

	private final WorkerEntry worker;

	private final WorkerLinks links;

	private @Nullable Link link;

	private @Nullable ReturnedConnections returned;

	private long heard = System.nanoTime();

	WorkerLink(WorkerEntry worker, WorkerLinks links) {
		this.worker = worker;
		this.links = links;
	}

	int number() {
		return this.worker.number();
	}

	WorkerEntry worker() {
		return this.worker;
	}

	/**
	 * Return the link.
	 * @return the link
	 */
	Link link() {
		if (this.link == null) {
			throw new IllegalStateException("the link is not open");
		}
		return this.link;
	}

	/**
	 * Return when the worker gave its last sign of life.
	 * @return {@link System#nanoTime()} of then
	 */
	long heard() {
		return this.heard;
	}

	/**
	 * Note that the worker is listened to again, after a time in which it was not.
	 */
	void resumed() {
		this.heard = System.nanoTime();
	}

	@Override
	public void onOpened(Link link) {
		this.link = link;
		this.heard = System.nanoTime();
		this.returned = this.links.returned(link);
		this.links.opened(this);
	}

	@Override
	public void onFrame(Link link, LinkFrame frame) {
		this.heard = System.nanoTime();
		ReturnedConnections returned = this.returned;
		if (frame instanceof LinkFrame.Accepted accepted) {
			this.worker.handOvers().accepted(accepted.cookie(), link);
		}
		else if (frame instanceof LinkFrame.Message message) {
			this.links.relay().relay(this, message);
		}
		else if (frame instanceof LinkFrame.Sessions sessions) {
			this.worker.load().told(sessions.open(), sessions.opened());
		}
		else if (frame instanceof LinkFrame.HandOver handOver && returned != null) {
			returned.onBytes(handOver);
		}
		else if (frame instanceof LinkFrame.Rejected rejected) {
			PendingConnection connection = this.worker.handOvers().rejected(rejected.cookie(), link);
			if (connection != null) {
				connection.rejectedBy(number());
				this.links.dispatcher().dispatch(connection);
			}
		}
		else if (frame instanceof LinkFrame.Report report) {
			this.worker.report(report.report());
			this.links.onReport();
		}
		else if (frame instanceof LinkFrame.Ready ready) {
			this.links.onReady(this.worker, ready);
		}
		else if (frame instanceof LinkFrame.Join) {
			this.links.relay().join(this);
		}
		else if (frame instanceof LinkFrame.Leave) {
			this.links.relay().leave(this);
		}
		else if (frame instanceof LinkFrame.Command command) {
			this.links.onCommand(link, command);
		}
		else if (frame instanceof LinkFrame.Ping ping) {
			link.send(new LinkFrame.Pong(ping.time()));
		}
		else if (!(frame instanceof LinkFrame.Pong)) {
			ReferenceCountUtil.release(frame);
			link.close();
		}
	}

	@Override
	public void onDescriptor(Link link, FileDescriptor descriptor) {
		if (this.returned != null) {
			this.returned.onDescriptor(descriptor);
		}
	}

	@Override
	public void onDescriptorsWritable(Link link) {
		this.worker.handOvers().pump(link);
	}

	@Override
	public void onWritabilityChanged(Link link, boolean writable) {
		if (writable) {
			this.links.relay().look();
		}
	}

	@Override
	public void onClosed(Link link, String reason) {
		if (this.returned != null) {
			this.returned.close();
		}
		this.links.closed(this, reason);
	}

}
