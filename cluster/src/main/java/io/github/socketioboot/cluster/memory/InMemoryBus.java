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

package io.github.socketioboot.cluster.memory;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages between members of one process, on a thread of its own as a network
 * does, and fails as a network does when a test wants it to. Thread-safe; no method
 * blocks.
 *
 * @since 0.1.0
 */
public final class InMemoryBus implements AutoCloseable {

	/**
	 * Most messages that wait to be delivered.
	 */
	private static final int MAX_PENDING = 1 << 16;

	private final ExecutorService thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(MAX_PENDING), new DefaultThreadFactory("socketio-bus", true));

	private final List<BusTransport> opened = new CopyOnWriteArrayList<>();

	/**
	 * Members that nobody hears and that hear nobody.
	 */
	private final Set<String> isolated = ConcurrentHashMap.newKeySet();

	/**
	 * Members whose messages are not taken.
	 */
	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	private final boolean announced;

	/**
	 * Create a bus.
	 * @param announced whether members are told who comes and goes, as over the link to a
	 * primary; otherwise they hear of each other by heartbeats, as over Redis
	 */
	public InMemoryBus(boolean announced) {
		this.announced = announced;
	}

	/**
	 * Create the transport of another member. Closing it without a word of the member is
	 * as the death of its process.
	 * @param memberId id that no other member has or had
	 * @return the transport, not opened yet
	 */
	public ClusterTransport transport(String memberId) {
		return new BusTransport(memberId);
	}

	/**
	 * Cut a member off: nobody hears it and it hears nobody, and nobody is told.
	 * @param memberId its id
	 */
	public void isolate(String memberId) {
		this.isolated.add(memberId);
	}

	/**
	 * End what {@link #isolate} does.
	 * @param memberId its id
	 */
	public void rejoin(String memberId) {
		this.isolated.remove(memberId);
	}

	/**
	 * Take no messages of a member, which is told so with each.
	 * @param memberId its id
	 */
	public void refuse(String memberId) {
		this.refused.add(memberId);
	}

	/**
	 * End what {@link #refuse} does.
	 * @param memberId its id
	 */
	public void accept(String memberId) {
		this.refused.remove(memberId);
	}

	/**
	 * Deliver what was sent, and nothing more.
	 */
	@Override
	public void close() {
		this.thread.shutdown();
	}

	private boolean connects(String sender, String receiver) {
		return !receiver.equals(sender) && !this.isolated.contains(sender) && !this.isolated.contains(receiver);
	}

	private boolean run(Runnable task) {
		try {
			this.thread.execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	/**
	 * Transport of one member.
	 */
	private final class BusTransport implements ClusterTransport {

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
			if (InMemoryBus.this.refused.contains(this.id)) {
				message.release();
				throw new ClusterUnreachableException("The bus takes no messages of " + this.id);
			}
			boolean taken = run(() -> {
				try {
					if (InMemoryBus.this.opened.contains(this)) {
						InMemoryBus.this.opened.stream()
							.filter(chosen)
							.filter((receiver) -> connects(this.id, receiver.id))
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
				if (!InMemoryBus.this.thread.isShutdown()) {
					throw new ClusterUnreachableException(MAX_PENDING + " messages wait to be delivered");
				}
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

	}

}
