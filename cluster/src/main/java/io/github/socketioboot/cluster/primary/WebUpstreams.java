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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

import io.github.socketioboot.cluster.link.LinkFrame.Ready;
import io.github.socketioboot.cluster.primary.proxy.ProxiedRequest;
import io.github.socketioboot.cluster.primary.proxy.Upstream;
import io.github.socketioboot.cluster.primary.proxy.Upstreams;
import org.jspecify.annotations.Nullable;

/**
 * Web servers of the workers, each request to the one with the fewest requests.
 * Thread-safe.
 */
final class WebUpstreams implements Upstreams {

	private final WorkerTable workers;

	private final ToIntFunction<Ready> port;

	private final AtomicInteger next = new AtomicInteger();

	/**
	 * Create upstreams.
	 * @param workers the workers
	 * @param port which of a worker's web servers, 0 if it has none
	 */
	WebUpstreams(WorkerTable workers, ToIntFunction<Ready> port) {
		this.workers = workers;
		this.port = port;
	}

	@Override
	public @Nullable Upstream choose(ProxiedRequest request) {
		List<WorkerEntry> candidates = this.workers.eligible();
		int start = candidates.isEmpty() ? 0 : Math.floorMod(this.next.getAndIncrement(), candidates.size());
		WebUpstream best = null;
		for (int i = 0; i < candidates.size(); i++) {
			WebUpstream candidate = upstream(candidates.get((start + i) % candidates.size()));
			if (candidate != null && !request.tried().contains(candidate.number())
					&& (best == null || candidate.requests() < best.requests())) {
				best = candidate;
			}
		}
		return best;
	}

	private @Nullable WebUpstream upstream(WorkerEntry worker) {
		Ready ready = worker.ready();
		int port = (ready != null) ? this.port.applyAsInt(ready) : 0;
		return (port != 0) ? new WebUpstream(worker, port) : null;
	}

	private record WebUpstream(WorkerEntry worker, int port) implements Upstream {

		int requests() {
			return this.worker.outstanding().get();
		}

		@Override
		public int number() {
			return this.worker.number();
		}

		@Override
		public SocketAddress address() {
			return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
		}

		@Override
		public void begin() {
			this.worker.outstanding().incrementAndGet();
		}

		@Override
		public void end() {
			this.worker.outstanding().decrementAndGet();
		}

	}

}
