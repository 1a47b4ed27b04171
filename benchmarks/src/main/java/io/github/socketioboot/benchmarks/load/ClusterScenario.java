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

package io.github.socketioboot.benchmarks.load;

import java.util.Locale;

/**
 * What is measured of several processes behind one port.
 */
enum ClusterScenario {

	/**
	 * A connection with one short request.
	 */
	CONNECT("connection", new Size(32, 20_000, 60_000), new Size(4, 50, 50)) {

		@Override
		boolean isFor(ClusterPeerKind peer) {
			return peer.hasOnePort() && !peer.isNode();
		}

		@Override
		Load load(ClusterServer server, LoadClient client, Size size) {
			return new ConnectLoad(server, client, size.clients());
		}

	},

	/**
	 * An event and its echo over WebSocket.
	 */
	ECHO("echo", new Size(200, 100_000, 400_000), new Size(10, 100, 100)) {

		@Override
		boolean isFor(ClusterPeerKind peer) {
			return peer.hasOnePort();
		}

		@Override
		Load load(ClusterServer server, LoadClient client, Size size) {
			return new EchoLoad(server, client, size.clients(), PAYLOAD);
		}

	},

	/**
	 * One broadcast at a time to the clients of all workers, per delivery.
	 */
	FANOUT("delivery", new Size(1000, 5000, 1500), new Size(20, 3, 2)) {

		@Override
		boolean isFor(ClusterPeerKind peer) {
			return peer.isCluster();
		}

		@Override
		Load load(ClusterServer server, LoadClient client, Size size) {
			return new BroadcastLoad(server, client, size.clients(), 1, PAYLOAD);
		}

	},

	/**
	 * Broadcasts in a row to few clients, per broadcast: what the relay costs.
	 */
	RELAY("broadcast", new Size(4, 100, 500), new Size(4, 2, 1)) {

		@Override
		boolean isFor(ClusterPeerKind peer) {
			return peer.isCluster();
		}

		@Override
		Load load(ClusterServer server, LoadClient client, Size size) {
			return new BroadcastLoad(server, client, size.clients(), RELAY_MESSAGES, PAYLOAD);
		}

		@Override
		long operations(Size size, long completed) {
			return completed / size.clients();
		}

	},

	/**
	 * One broadcast at a time to a client of each of two servers: how long it takes.
	 */
	LATENCY("broadcast", new Size(2, 10_000, 20_000), new Size(2, 10, 10)) {

		@Override
		boolean isFor(ClusterPeerKind peer) {
			return peer.isCluster();
		}

		@Override
		Load load(ClusterServer server, LoadClient client, Size size) {
			return new BroadcastLoad(server, client, size.clients(), 1, PAYLOAD);
		}

		@Override
		long operations(Size size, long completed) {
			return completed / size.clients();
		}

	},

	/**
	 * An event and its echo over polling: one POST, one GET.
	 */
	POLLING("echo", new Size(100, 80_000, 80_000), new Size(5, 25, 25)) {

		@Override
		boolean isFor(ClusterPeerKind peer) {
			return peer.isCluster() && peer.hasOnePort();
		}

		@Override
		Load load(ClusterServer server, LoadClient client, Size size) {
			return new PollingLoad(server, client, size.clients(), PAYLOAD);
		}

	};

	static final int RELAY_MESSAGES = 200;

	private static final String PAYLOAD = "0123456789abcdef".repeat(4);

	private final String operation;

	private final Size full;

	private final Size quick;

	ClusterScenario(String operation, Size full, Size quick) {
		this.operation = operation;
		this.full = full;
		this.quick = quick;
	}

	String operation() {
		return this.operation;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	static ClusterScenario ofLabel(String label) {
		return valueOf(label.toUpperCase(Locale.ROOT));
	}

	Size size(boolean quick) {
		return quick ? this.quick : this.full;
	}

	boolean isFor(ClusterPeerKind peer) {
		return true;
	}

	abstract Load load(ClusterServer server, LoadClient client, Size size);

	long operations(Size size, long completed) {
		return completed;
	}

	/**
	 * How much is done.
	 *
	 * @param clients the number of clients at a time
	 * @param times how often the load runs in a measured round
	 * @param warmUp how often it runs before the first round
	 */
	record Size(int clients, long times, long warmUp) {

	}

}
