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

import io.github.socketioboot.cluster.link.HostStatus;

import org.springframework.context.ApplicationEvent;

/**
 * The workers of this host have changed: one is ready, drains, has ended or is started
 * again. Published in each worker, on a thread of its own. Of changes in quick succession
 * only the last is told. Immutable.
 *
 * @since 0.1.0
 */
public class SocketIoWorkersEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient HostStatus host;

	/**
	 * Create an event.
	 * @param source what publishes it
	 * @param host all workers
	 */
	public SocketIoWorkersEvent(Object source, HostStatus host) {
		super(source);
		this.host = host;
	}

	/**
	 * Return how the workers are doing.
	 * @return all workers of this host
	 */
	public HostStatus getHost() {
		return this.host;
	}

}
