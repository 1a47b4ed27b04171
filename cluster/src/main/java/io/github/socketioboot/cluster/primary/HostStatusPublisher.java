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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.HostStatus.WorkerView;
import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame.Host;
import io.github.socketioboot.cluster.link.WorkerReport;
import io.github.socketioboot.cluster.supervisor.SupervisorStatus;
import io.github.socketioboot.cluster.supervisor.WorkerStatus;
import io.netty.channel.EventLoop;

/**
 * Tells all workers how the host is doing. Event loop only.
 */
final class HostStatusPublisher {

	private static final long MIN_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long REPORT_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final EventLoop loop;

	private final WorkerTable workers;

	private final HostStatus blank;

	private final ToLongFunction<Integer> memory;

	private final ResidentSize ownMemory;

	private SupervisorStatus status;

	private boolean draining;

	private long published = System.nanoTime() - REPORT_INTERVAL_NANOS;

	private long due = Long.MAX_VALUE;

	/**
	 * Create a publisher.
	 * @param loop the loop of the links
	 * @param workers the workers
	 * @param blank what is always the same
	 * @param status how the workers are at first
	 * @param memory tells the resident size of a worker's process
	 * @param ownMemory tells that of this process
	 */
	HostStatusPublisher(EventLoop loop, WorkerTable workers, HostStatus blank, SupervisorStatus status,
			ToLongFunction<Integer> memory, ResidentSize ownMemory) {
		this.loop = loop;
		this.workers = workers;
		this.blank = blank;
		this.status = status;
		this.memory = memory;
		this.ownMemory = ownMemory;
	}

	void status(SupervisorStatus status) {
		this.status = status;
		publishAfter(MIN_INTERVAL_NANOS);
	}

	void draining() {
		this.draining = true;
		publishNow();
	}

	void onReport() {
		publishAfter(REPORT_INTERVAL_NANOS);
	}

	/**
	 * Tell one worker that has just come.
	 * @param link its link
	 */
	void tell(Link link) {
		link.send(new Host(view()));
	}

	/**
	 * Tell all at once.
	 */
	void publishNow() {
		this.published = System.nanoTime();
		this.due = Long.MAX_VALUE;
		Host host = new Host(view());
		for (WorkerEntry worker : this.workers.all()) {
			Link link = worker.link();
			if (link != null) {
				link.send(host);
			}
		}
	}

	private void publishAfter(long intervalNanos) {
		long now = System.nanoTime();
		long wait = this.published + intervalNanos - now;
		if (wait <= 0) {
			publishNow();
		}
		else if (this.due == Long.MAX_VALUE || now + wait - this.due < 0) {
			long mine = now + wait;
			this.due = mine;
			this.loop.schedule(() -> {
				if (this.due == mine) {
					publishNow();
				}
			}, wait, TimeUnit.NANOSECONDS);
		}
	}

	private HostStatus view() {
		List<WorkerView> views = new ArrayList<>();
		for (WorkerStatus worker : this.status.workers()) {
			WorkerEntry entry = this.workers.get(worker.number());
			String prefix = (entry != null && entry.isReachable()) ? entry.sidPrefix() : "";
			views.add(new WorkerView(worker, prefix, this.memory.applyAsLong(worker.number()),
					(entry != null) ? entry.report() : WorkerReport.NONE));
		}
		return new HostStatus(this.blank.pid(), this.ownMemory.bytes(), this.blank.host(), this.blank.port(),
				this.status.instances(), this.draining, this.blank.descriptors(), views, this.status.reload());
	}

}
