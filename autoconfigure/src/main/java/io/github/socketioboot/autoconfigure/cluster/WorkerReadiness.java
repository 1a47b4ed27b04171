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

import io.github.socketioboot.cluster.local.Worker;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * Tells the primary when the application of a worker is ready. Thread-safe.
 */
class WorkerReadiness implements ApplicationListener<ApplicationReadyEvent> {

	private final Worker worker;

	private final WorkerDuties duties;

	private final boolean shareHttpPorts;

	private final ApplicationContext context;

	WorkerReadiness(Worker worker, WorkerDuties duties, boolean shareHttpPorts, ApplicationContext context) {
		this.worker = worker;
		this.duties = duties;
		this.shareHttpPorts = shareHttpPorts;
		this.context = context;
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
