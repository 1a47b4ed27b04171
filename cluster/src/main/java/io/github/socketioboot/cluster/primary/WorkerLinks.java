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

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.LinkFrame.Ready;
import io.github.socketioboot.cluster.link.LinkListener;
import io.github.socketioboot.cluster.link.LinkServer;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links of all workers. Event loop only.
 */
final class WorkerLinks implements LinkServer.Gate {

	private static final Logger logger = LoggerFactory.getLogger(WorkerLinks.class);

	/**
	 * How long a process may outlive its link. A worker that ends closes its link first.
	 */
	private static final long OUTLIVE_MILLIS = 1000;

	private final EventLoop loop;

	private final WorkerTable workers;

	private final FrontDoor door;

	private final Dispatcher dispatcher;

	private final Relay relay;

	private final Events events;

	private final Set<WorkerLink> open = new LinkedHashSet<>();

	/**
	 * Create the links, none yet.
	 * @param loop loop of the links
	 * @param workers the workers
	 * @param door takes connections that workers give back
	 * @param dispatcher takes connections that workers do not take
	 * @param relay passes messages
	 * @param events told what is not settled here
	 */
	WorkerLinks(EventLoop loop, WorkerTable workers, FrontDoor door, Dispatcher dispatcher, Relay relay,
			Events events) {
		this.loop = loop;
		this.workers = workers;
		this.door = door;
		this.dispatcher = dispatcher;
		this.relay = relay;
		this.events = events;
	}

	@Override
	public @Nullable LinkListener admit(int number, long pid) {
		WorkerEntry worker = this.workers.get(number);
		if (worker == null || worker.link() != null || !this.events.isWorker(number, pid)) {
			return null;
		}
		return new WorkerLink(worker, this);
	}

	Set<WorkerLink> open() {
		return this.open;
	}

	Relay relay() {
		return this.relay;
	}

	Dispatcher dispatcher() {
		return this.dispatcher;
	}

	ReturnedConnections returned(Link link) {
		return new ReturnedConnections(this.door, link);
	}

	void opened(WorkerLink link) {
		this.open.add(link);
		link.worker().link(link.link());
		this.workers.refresh();
		this.events.onOpened(link.link());
	}

	void onReady(WorkerEntry worker, Ready ready) {
		worker.ready(ready);
		this.workers.refresh();
		this.events.onReady(worker);
	}

	void onReport() {
		this.events.onReport();
	}

	void onCommand(Link link, LinkFrame.Command command) {
		this.events.onCommand(link, command);
	}

	void closed(WorkerLink link, String reason) {
		logger.debug("The link of worker {} is closed: {}", link.number(), reason);
		WorkerEntry worker = link.worker();
		worker.link(null);
		this.workers.refresh();
		this.open.remove(link);
		this.relay.leave(link);
		this.events.onClosed();
		this.dispatcher.takeBack(worker);
		this.loop.schedule(() -> {
			if (this.workers.get(worker.number()) == worker) {
				this.events.failed(worker.number(), "has lost its link: " + reason);
			}
		}, OUTLIVE_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Told what happens on links.
	 */
	interface Events extends Relay.Failures {

		/**
		 * Return whether a process is one of the workers.
		 * @param number number of the worker
		 * @param pid id of the process, or 0 if it is not known
		 * @return {@code true} if it is
		 */
		boolean isWorker(int number, long pid);

		/**
		 * Note that a worker has connected.
		 * @param link its link
		 */
		void onOpened(Link link);

		/**
		 * Note that a worker serves.
		 * @param worker the worker
		 */
		void onReady(WorkerEntry worker);

		/**
		 * Note that a worker has told how it is doing.
		 */
		void onReport();

		/**
		 * Do what a worker asks for.
		 * @param link its link
		 * @param command what it asks for
		 */
		void onCommand(Link link, LinkFrame.Command command);

		/**
		 * Note that a link is closed.
		 */
		void onClosed();

	}

}
