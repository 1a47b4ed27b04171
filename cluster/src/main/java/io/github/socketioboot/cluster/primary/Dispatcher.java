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

/**
 * Brings connections to their workers. Event loop only.
 */
final class Dispatcher {

	private final Router router;

	private final RoutingKey keys;

	private final WaitingConnections waiting;

	private final HealthPath health;

	/**
	 * Create a dispatcher.
	 * @param router chooses workers
	 * @param keys tells what is kept together
	 * @param waiting takes connections while no worker is ready
	 * @param health tells requests that do not wait
	 */
	Dispatcher(Router router, RoutingKey keys, WaitingConnections waiting, HealthPath health) {
		this.router = router;
		this.keys = keys;
		this.waiting = waiting;
		this.health = health;
	}

	/**
	 * Bring a connection to its worker, at once or as soon as there is one.
	 * @param connection the connection
	 */
	void dispatch(PendingConnection connection) {
		RequestHead head = connection.head();
		WorkerEntry worker = this.router.route(head.sid(), this.keys.of(connection.client(), head.forwarded()),
				head.opening(), connection.rejecting());
		Link link = (worker != null) ? worker.link() : null;
		if (worker == null || link == null) {
			if (this.health.isAsked(head.target())) {
				connection.refuse(Refusal.UNAVAILABLE);
			}
			else {
				this.waiting.add(connection);
			}
		}
		else if (!connection.tryAgain() || !worker.handOvers().offer(connection, link)) {
			connection.refuse(Refusal.UNAVAILABLE);
		}
	}

	/**
	 * Take back what a worker was given and has not taken over.
	 * @param worker the worker, whose link is closed
	 */
	void takeBack(WorkerEntry worker) {
		worker.handOvers().takeAll().forEach(this::dispatch);
	}

	/**
	 * Go on with connections that wait, because a worker is ready.
	 */
	void resume() {
		this.waiting.takeAll().forEach(this::dispatch);
	}

	/**
	 * Refuse connections that wait, and let none wait any more.
	 */
	void stop() {
		this.waiting.stop();
	}

}
