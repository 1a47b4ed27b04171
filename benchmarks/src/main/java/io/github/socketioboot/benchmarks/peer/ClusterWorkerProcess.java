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

package io.github.socketioboot.benchmarks.peer;

import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.ClusterMember;
import io.github.socketioboot.cluster.ClusterNode;
import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;

/**
 * The program of a process that is a worker of a primary, without Spring.
 */
public final class ClusterWorkerProcess {

	/**
	 * System property with the port of Redis if that is between the hosts.
	 */
	public static final String REDIS_PORT = "socketio.benchmarks.redis";

	private ClusterWorkerProcess() {
	}

	/**
	 * Serves until the primary says otherwise.
	 * @param args none
	 * @throws InterruptedException never
	 */
	public static void main(String[] args) throws InterruptedException {
		WorkerIdentity identity = WorkerIdentity.from(System.getenv());
		if (identity == null) {
			throw new IllegalStateException("not started by a primary");
		}
		Worker worker = Worker.connect(identity, 0, LinkConfig.DEFAULT).toCompletableFuture().join();
		worker.listen(new Ending());
		ClusterMember node = member(worker);
		EngineSocketIOServer server = EngineSocketIOServer.builder()
			.server(BroadcastingServer.config())
			.connections(worker.connections())
			.sidPrefix(identity.sidPrefix())
			.adapters(node)
			.build();
		node.open().toCompletableFuture().join();
		BroadcastingServer.listen(server);
		server.start();
		worker.ready(0, 0);
		System.out.println("ready " + identity.index());
		System.out.flush();
		// All threads of a server are daemons
		Thread.currentThread().join();
	}

	private static ClusterMember member(Worker worker) {
		Integer redis = Integer.getInteger(REDIS_PORT);
		return (redis != null) ? RedisServerProcess.member(redis, worker.transport())
				: new ClusterNode(worker.transport(), ClusterConfig.DEFAULT);
	}

	private static final class Ending implements Worker.Listener {

		@Override
		public void onDrain(boolean closeSessions) {
			// nothing is ever reloaded here
		}

		@Override
		public void onStop() {
			Runtime.getRuntime().halt(0);
		}

		@Override
		public void onPrimaryLost() {
			Runtime.getRuntime().halt(0);
		}

		@Override
		public void onHost(HostStatus status) {
			// not shown
		}

	}

}
