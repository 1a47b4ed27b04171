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

package io.github.socketioboot.autoconfigure.cluster;

import io.github.socketioboot.cluster.ClusterNode;
import io.github.socketioboot.cluster.local.Worker;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Makes a worker a member of the cluster before its server starts, and tells the primary
 * when the application is ready. Thread-safe.
 */
class WorkerMembership implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {

	/**
	 * Ahead of the server, at {@code DEFAULT_PHASE - 1536}, and ended after it.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1600;

	private final Worker worker;

	private final @Nullable ClusterNode node;

	private final WorkerDuties duties;

	private final boolean shareHttpPorts;

	private final ApplicationContext context;

	private volatile boolean running;

	WorkerMembership(Worker worker, @Nullable ClusterNode node, WorkerDuties duties, boolean shareHttpPorts,
			ApplicationContext context) {
		this.worker = worker;
		this.node = node;
		this.duties = duties;
		this.shareHttpPorts = shareHttpPorts;
		this.context = context;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// Once: a context is not started again in a worker
	@Override
	public void start() {
		if (!this.running && this.node != null) {
			this.node.open();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		if (this.running && this.node != null) {
			this.node.close();
		}
		this.running = false;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.duties.open();
			this.worker.ready(port("local.server.port"), port("local.management.port"));
		}
	}

	private int port(String property) {
		return this.shareHttpPorts ? this.context.getEnvironment().getProperty(property, Integer.class, 0) : 0;
	}

}
