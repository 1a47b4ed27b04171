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

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

import io.github.socketioboot.cluster.link.LinkFrame.Ready;
import io.github.socketioboot.cluster.primary.proxy.ProxiedRequest;
import io.github.socketioboot.cluster.primary.proxy.Upstream;
import io.github.socketioboot.cluster.primary.proxy.Upstreams;
import io.github.socketioboot.engine.netty.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * The Socket.IO servers of the workers, each request to the one that has its session.
 * Thread-safe.
 */
final class SessionUpstreams implements Upstreams {

	private final Router router;

	private final RoutingKey keys;

	private final HealthPath health;

	/**
	 * Create upstreams.
	 * @param router chooses workers
	 * @param keys tells what is kept together
	 * @param health tells requests that do not wait
	 */
	SessionUpstreams(Router router, RoutingKey keys, HealthPath health) {
		this.router = router;
		this.keys = keys;
		this.health = health;
	}

	@Override
	public @Nullable Upstream choose(ProxiedRequest request) {
		QueryParameters query = QueryParameters.parse(request.target());
		WorkerEntry worker = this.router.route(query.sid(), this.keys.of(request.client(), request.forwarded()),
				RequestHead.isOpening(query), request.tried());
		Ready ready = (worker != null) ? worker.ready() : null;
		return (worker != null && ready != null) ? new SessionUpstream(worker, ready.socket()) : null;
	}

	@Override
	public @Nullable String forwardedHeader() {
		return this.keys.header();
	}

	@Override
	public boolean mayWait(ProxiedRequest request) {
		return !this.health.isAsked(request.target());
	}

	private record SessionUpstream(WorkerEntry worker, String socket) implements Upstream {

		@Override
		public int number() {
			return this.worker.number();
		}

		@Override
		public SocketAddress address() {
			return UnixDomainSocketAddress.of(this.socket);
		}

		@Override
		public void begin() {
		}

		@Override
		public void end() {
		}

	}

}
