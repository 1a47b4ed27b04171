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

package io.github.socketioboot.autoconfigure.health;

import java.util.List;
import java.util.TreeSet;

import io.github.socketioboot.autoconfigure.cluster.WorkerDescription;
import io.github.socketioboot.cluster.ClusterMember;
import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.namespace.Namespace;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.util.ClassUtils;

/**
 * Tells whether clients are served: up, out of service while draining, else down. A
 * worker tells this for its whole host. Thread-safe.
 */
class SocketIoHealthIndicator extends AbstractHealthIndicator {

	private final EngineSocketIOServer server;

	private final @Nullable Worker worker;

	private final @Nullable ClusterMember member;

	private final AdapterFactory adapters;

	/**
	 * Create an indicator.
	 * @param server server of this process
	 * @param worker this process as a worker, or {@code null} if it is the only one
	 * @param member this process as a member of a cluster, or {@code null} if it is none
	 * @param adapters makes the adapters of the server
	 */
	SocketIoHealthIndicator(EngineSocketIOServer server, @Nullable Worker worker, @Nullable ClusterMember member,
			AdapterFactory adapters) {
		super("Socket.IO health check failed");
		this.server = server;
		this.worker = worker;
		this.member = member;
		this.adapters = adapters;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		HostStatus host = (this.worker != null) ? this.worker.host() : null;
		if (host != null) {
			describe(builder, host);
		}
		else {
			boolean draining = this.server.isDraining();
			status(builder, draining, this.server.isReady());
			builder.withDetail("role", (this.worker != null) ? "worker" : "single")
				.withDetail("port", this.server.port())
				.withDetail("sockets", sockets())
				.withDetail("draining", draining);
			describeMember(builder);
		}
	}

	private void describe(Health.Builder builder, HostStatus host) {
		int ready = WorkerDescription.ready(host);
		List<WorkerDescription> workers = WorkerDescription.of(host, System.currentTimeMillis());
		boolean draining = host.draining() || this.server.isDraining();
		status(builder, draining, ready > 0);
		builder.withDetail("role", "worker")
			.withDetail("port", host.port())
			.withDetail("sockets", workers.stream().mapToInt(WorkerDescription::sockets).sum())
			.withDetail("draining", draining);
		describeMember(builder);
		builder.withDetail("workers", workers);
		if (ready < host.instances()) {
			builder.withDetail("degraded", true);
		}
	}

	private void describeMember(Health.Builder builder) {
		ClusterMember member = this.member;
		if (member == null) {
			describeAdapters(builder);
			return;
		}
		builder.withDetail("adapter", member.adapter());
		if (!member.members().isEmpty()) {
			builder.withDetail("members", new TreeSet<>(member.members()));
		}
		if (member.adapter().equals("redis")) {
			builder.withDetail("redis", member.isConnected() ? "up" : "down");
		}
		if (!member.isConnected()) {
			builder.withDetail("degraded", true);
		}
	}

	private void describeAdapters(Health.Builder builder) {
		if (this.adapters != AdapterFactory.IN_MEMORY) {
			builder.withDetail("adapter", name(ClassUtils.getUserClass(this.adapters)));
		}
		else if (this.worker != null) {
			builder.withDetail("adapter", "none");
		}
	}

	private static String name(Class<?> type) {
		return (type.isHidden() || type.isAnonymousClass()) ? "custom" : type.getSimpleName();
	}

	private static void status(Health.Builder builder, boolean draining, boolean ready) {
		if (draining) {
			builder.outOfService();
		}
		else if (ready) {
			builder.up();
		}
		else {
			builder.down();
		}
	}

	private int sockets() {
		int sockets = 0;
		for (Namespace namespace : this.server.engine().namespaces()) {
			sockets += namespace.sockets().size();
		}
		return sockets;
	}

}
