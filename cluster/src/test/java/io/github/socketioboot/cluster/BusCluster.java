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

package io.github.socketioboot.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.socketioboot.cluster.memory.InMemoryBus;
import io.netty.buffer.ByteBuf;

/**
 * Transports of an {@link InMemoryBus} that remember when they were stopped.
 */
final class BusCluster implements TestCluster {

	/**
	 * Calls of {@link ClusterTransport#setReading}.
	 */
	final List<Boolean> readings = new CopyOnWriteArrayList<>();

	final InMemoryBus bus;

	private final List<ClusterTransport> transports = new ArrayList<>();

	/**
	 * Create a cluster.
	 * @param nodes number of transports, of members {@code node-0} and so on
	 * @param announced whether members are told who comes and goes
	 */
	BusCluster(int nodes, boolean announced) {
		this.bus = new InMemoryBus(announced);
		for (int i = 0; i < nodes; i++) {
			this.transports.add(new RecordingTransport(this.bus.transport("node-" + i), this.readings));
		}
	}

	@Override
	public ClusterTransport transport(int index) {
		return this.transports.get(index);
	}

	@Override
	public void kill(int index) {
		this.transports.get(index).close();
	}

	@Override
	public void close() {
		this.bus.close();
	}

	private record RecordingTransport(ClusterTransport transport, List<Boolean> readings) implements ClusterTransport {

		@Override
		public String memberId() {
			return this.transport.memberId();
		}

		@Override
		public void publish(ByteBuf message) {
			this.transport.publish(message);
		}

		@Override
		public void send(String memberId, ByteBuf message) {
			this.transport.send(memberId, message);
		}

		@Override
		public void open(Listener listener) {
			this.transport.open(listener);
		}

		@Override
		public void setReading(boolean reading) {
			this.readings.add(reading);
			this.transport.setReading(reading);
		}

		@Override
		public void close() {
			this.transport.close();
		}

	}

}
