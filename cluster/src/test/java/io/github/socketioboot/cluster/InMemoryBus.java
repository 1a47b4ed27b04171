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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages between nodes of one process, on an event loop as a network does.
 */
final class InMemoryBus implements TestCluster {

	/**
	 * Members that nobody hears and that hear nobody, without anybody being told.
	 */
	final Set<String> silent = ConcurrentHashMap.newKeySet();

	/**
	 * Members whose messages the transport does not take.
	 */
	final Set<String> unreachable = ConcurrentHashMap.newKeySet();

	/**
	 * Calls of {@link ClusterTransport#setReading}.
	 */
	final List<Boolean> readings = new CopyOnWriteArrayList<>();

	private final DefaultEventLoop loop = new DefaultEventLoop();

	private final List<BusTransport> opened = new CopyOnWriteArrayList<>();

	private final List<BusTransport> transports = new ArrayList<>();

	private final boolean announced;

	/**
	 * Create a bus.
	 * @param nodes number of transports
	 * @param announced whether members are told who comes and goes
	 */
	InMemoryBus(int nodes, boolean announced) {
		this.announced = announced;
		for (int i = 0; i < nodes; i++) {
			this.transports.add(new BusTransport("node-" + i));
		}
	}

	@Override
	public BusTransport transport(int index) {
		return this.transports.get(index);
	}

	@Override
	public void kill(int index) {
		this.transports.get(index).close();
	}

	@Override
	public void close() {
		this.loop.shutdownGracefully(0, 5, TimeUnit.SECONDS);
		this.loop.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS);
	}

	private boolean connects(String sender, BusTransport receiver) {
		return !receiver.id.equals(sender) && !this.silent.contains(sender) && !this.silent.contains(receiver.id);
	}

	/**
	 * Transport of one node.
	 */
	final class BusTransport implements ClusterTransport {

		private final String id;

		private volatile @Nullable Listener listener;

		BusTransport(String id) {
			this.id = id;
		}

		@Override
		public String memberId() {
			return this.id;
		}

		@Override
		public void publish(ByteBuf message) {
			deliver(message, (receiver) -> true);
		}

		@Override
		public void send(String memberId, ByteBuf message) {
			deliver(message, (receiver) -> receiver.id.equals(memberId));
		}

		private void deliver(ByteBuf message, Predicate<BusTransport> chosen) {
			if (InMemoryBus.this.unreachable.contains(this.id)) {
				message.release();
				throw new ClusterUnreachableException("test");
			}
			boolean taken = run(() -> {
				try {
					if (InMemoryBus.this.opened.contains(this)) {
						InMemoryBus.this.opened.stream()
							.filter(chosen)
							.filter((receiver) -> connects(this.id, receiver))
							.forEach((receiver) -> receiver
								.tell((listener) -> listener.onMessage(this.id, message.slice())));
					}
				}
				finally {
					message.release();
				}
			});
			if (!taken) {
				message.release();
			}
		}

		@Override
		public void open(Listener listener) {
			this.listener = listener;
			run(() -> {
				if (InMemoryBus.this.announced) {
					InMemoryBus.this.opened.forEach((other) -> {
						other.tell((told) -> told.onJoin(this.id));
						listener.onJoin(other.id);
					});
				}
				InMemoryBus.this.opened.add(this);
			});
		}

		@Override
		public void setReading(boolean reading) {
			InMemoryBus.this.readings.add(reading);
		}

		@Override
		public void close() {
			run(() -> {
				if (InMemoryBus.this.opened.remove(this) && InMemoryBus.this.announced) {
					InMemoryBus.this.opened.forEach((other) -> other.tell((told) -> told.onLeave(this.id)));
				}
			});
		}

		private void tell(Consumer<Listener> call) {
			Listener listener = this.listener;
			if (listener != null) {
				call.accept(listener);
			}
		}

		private boolean run(Runnable task) {
			if (InMemoryBus.this.loop.isShuttingDown()) {
				return false;
			}
			try {
				InMemoryBus.this.loop.execute(task);
				return true;
			}
			catch (RejectedExecutionException ex) {
				return false;
			}
		}

	}

}
