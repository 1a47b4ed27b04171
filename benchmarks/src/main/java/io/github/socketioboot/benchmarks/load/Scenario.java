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
 * What a load run measures.
 *
 * @since 0.1.0
 */
public enum Scenario {

	/**
	 * An event and its echo over WebSocket.
	 */
	ECHO("echo", new Size(200, 100_000, 300_000), new Size(10, 100, 100)) {

		@Override
		Load load(TargetServer server, LoadClient client, Size size) {
			return new EchoLoad(server, client, size.clients(), PAYLOAD);
		}

	},

	/**
	 * One broadcast at a time, per delivery.
	 */
	FANOUT("delivery", new Size(1000, 200, 600), new Size(20, 3, 2)) {

		@Override
		Load load(TargetServer server, LoadClient client, Size size) {
			return new BroadcastLoad(server, client, size.clients(), 1, PAYLOAD);
		}

		@Override
		long operations(Size size, long times) {
			return size.clients() * times;
		}

	},

	/**
	 * Many broadcasts in a row, per delivery.
	 */
	BURST("delivery", new Size(200, 25, 75), new Size(10, 2, 1)) {

		@Override
		Load load(TargetServer server, LoadClient client, Size size) {
			return new BroadcastLoad(server, client, size.clients(), BURST_MESSAGES, PAYLOAD);
		}

		@Override
		long operations(Size size, long times) {
			return size.clients() * times * BURST_MESSAGES;
		}

	},

	/**
	 * An event and its echo over polling: one POST, one GET.
	 */
	POLLING("echo", new Size(100, 40_000, 80_000), new Size(5, 25, 25)) {

		@Override
		Load load(TargetServer server, LoadClient client, Size size) {
			return new PollingLoad(server, client, size.clients(), PAYLOAD);
		}

	},

	/**
	 * A client that comes over WebSocket, joins and leaves.
	 */
	CHURN("connect and leave", new Size(64, 10_000, 30_000), new Size(4, 20, 20)) {

		@Override
		Load load(TargetServer server, LoadClient client, Size size) {
			return new ChurnLoad(server, client, size.clients());
		}

	},

	/**
	 * Heap held by a connection that does nothing but answer heartbeats.
	 */
	IDLE("connection", new Size(10_000, 1, 500), new Size(50, 1, 5)) {

		@Override
		Load load(TargetServer server, LoadClient client, Size size) {
			return new IdleLoad(server, client, size.clients());
		}

		@Override
		long operations(Size size, long times) {
			return size.clients();
		}

	};

	static final int BURST_MESSAGES = 200;

	private static final String PAYLOAD = "0123456789abcdef".repeat(4);

	private final String operation;

	private final Size full;

	private final Size quick;

	Scenario(String operation, Size full, Size quick) {
		this.operation = operation;
		this.full = full;
		this.quick = quick;
	}

	/**
	 * Returns what is counted.
	 * @return the name of one operation
	 */
	public String operation() {
		return this.operation;
	}

	/**
	 * Returns the name that reports and the command line use.
	 * @return the name in lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds a scenario by its label.
	 * @param label a label in any case
	 * @return the scenario
	 * @throws IllegalArgumentException if there is none of that label
	 */
	public static Scenario ofLabel(String label) {
		return valueOf(label.toUpperCase(Locale.ROOT));
	}

	/**
	 * Returns the numbers of operations that a round is to complete.
	 * @param quick whether it is a quick run
	 * @return the number of operations
	 */
	public long operationsPerRound(boolean quick) {
		Size size = size(quick);
		return operations(size, size.times());
	}

	final Size size(boolean quick) {
		return quick ? this.quick : this.full;
	}

	abstract Load load(TargetServer server, LoadClient client, Size size);

	long operations(Size size, long times) {
		return times;
	}

	static String echoPacket(String payload) {
		return "42[\"echo\",\"" + payload + "\"]";
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
