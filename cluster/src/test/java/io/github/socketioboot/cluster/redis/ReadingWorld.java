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

package io.github.socketioboot.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.message.MalformedMessageException;

/**
 * Workers of a host, the relay between them and a Redis, all in one thread and without
 * I/O: each message is on its way until a test lets it arrive. Keeps order where
 * connections do.
 */
final class ReadingWorld {

	private static final String BROADCASTS = "broadcast";

	/** Of all workers, whether they read or not. */
	private static final String REQUESTS = "request";

	private static final String MARKERS = "marker";

	final Map<String, WorkerOfHost> workers = new TreeMap<>();

	/** All that was published, but for markers. */
	int published;

	/** Whether Redis takes something. */
	boolean redis = true;

	boolean ordered = true;

	private long now;

	/** What is on its way, by way. */
	private final Map<String, Deque<Runnable>> ways = new LinkedHashMap<>();

	WorkerOfHost start(int number) {
		WorkerOfHost worker = new WorkerOfHost(number + "@host");
		List<WorkerOfHost> others = List.copyOf(this.workers.values());
		this.workers.put(worker.id, worker);
		worker.reading.onUp(true);
		others.forEach((other) -> {
			worker.reading.onMate(other.id);
			other.reading.onMate(worker.id);
		});
		worker.subscribe();
		return worker;
	}

	/**
	 * Let another host publish the next message.
	 */
	void publish() {
		String channel = (this.published % 3 == 2) ? REQUESTS : BROADCASTS;
		toRedis(new ClassicMessage(channel, Integer.toString(this.published++).getBytes(StandardCharsets.US_ASCII)));
	}

	private void toRedis(ClassicMessage message) {
		this.workers.values()
			.stream()
			.filter((worker) -> worker.subscribed || message.channel().equals(REQUESTS))
			.forEach((worker) -> send("redis>" + worker.id, () -> worker.fromRedis(message)));
	}

	private void send(String way, Runnable arrival) {
		this.ways.computeIfAbsent(way, (key) -> new ArrayDeque<>()).add(arrival);
	}

	/**
	 * Let one thing arrive.
	 * @param way the way, as {@code 1@host>2@host} or {@code redis>1@host}
	 * @return {@code false} if nothing is on this way
	 */
	boolean arrive(String way) {
		Runnable arrival = this.ways.getOrDefault(way, new ArrayDeque<>()).poll();
		if (arrival != null) {
			arrival.run();
		}
		return arrival != null;
	}

	/**
	 * Let one thing arrive on any way.
	 * @return {@code false} if nothing is on its way
	 */
	boolean arrive(Random random) {
		List<String> busy = this.ways.entrySet()
			.stream()
			.filter((way) -> !way.getValue().isEmpty())
			.map(Map.Entry::getKey)
			.toList();
		return !busy.isEmpty() && arrive(busy.get(random.nextInt(busy.size())));
	}

	/**
	 * Let everything arrive, and what it leads to.
	 */
	void settle() {
		boolean busy = true;
		while (busy) {
			busy = List.copyOf(this.ways.keySet()).stream().filter(this::arrive).count() > 0;
		}
	}

	void advance(Duration time) {
		this.now += time.toNanos();
		List.copyOf(this.workers.values()).forEach((worker) -> worker.reading.tick());
	}

	/**
	 * Let the way of each worker be decided.
	 */
	void calm() {
		for (int i = 0; i < 5; i++) {
			advance(Duration.ofMillis(250));
			settle();
		}
	}

	/**
	 * A worker with one namespace.
	 */
	final class WorkerOfHost implements SharedReading.Actions {

		final String id;

		final SharedReading reading;

		/** Numbers of the messages that were handled. */
		final List<Integer> handled = new ArrayList<>();

		/** Number of messages and markers that were relayed. */
		int relayed;

		/** Number of the first message after Redis has taken the first subscription. */
		int since = -1;

		boolean left;

		/** Where what is for this worker gets lost. */
		final Map<String, Boolean> deaf = new HashMap<>();

		private boolean subscribed;

		private boolean alive = true;

		WorkerOfHost(String id) {
			this.id = id;
			this.reading = new SharedReading(id, this, () -> ReadingWorld.this.now);
		}

		/**
		 * End without a word.
		 */
		void kill() {
			this.alive = false;
			this.subscribed = false;
			ReadingWorld.this.workers.remove(this.id);
			mates().forEach((mate) -> send(this.id + ">" + mate.id, () -> mate.reading.onGone(this.id)));
		}

		private Stream<WorkerOfHost> mates() {
			return List.copyOf(ReadingWorld.this.workers.values()).stream().filter((mate) -> mate != this);
		}

		private void fromRedis(ClassicMessage message) {
			if (!this.alive) {
				return;
			}
			if (message.channel().equals(MARKERS)) {
				if (!this.deaf.containsKey(MARKERS)) {
					this.reading.onMarker(marker(message), message);
				}
			}
			else {
				this.reading.onMessage(message);
			}
		}

		private static Marker marker(ClassicMessage message) {
			try {
				return Marker.decode(message.bytes());
			}
			catch (MalformedMessageException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private void tell(WorkerOfHost mate, Runnable arrival) {
			send(this.id + ">" + mate.id, () -> {
				if (mate.alive) {
					arrival.run();
				}
			});
		}

		private void tell(String mate, Runnable arrival) {
			WorkerOfHost worker = ReadingWorld.this.workers.get(mate);
			if (worker != null) {
				tell(worker, arrival);
			}
		}

		@Override
		public void handle(ClassicMessage message) {
			this.handled.add(Integer.parseInt(new String(message.bytes(), StandardCharsets.US_ASCII)));
		}

		@Override
		public void relay(ClassicMessage message) {
			this.relayed++;
			mates().forEach((mate) -> tell(mate, () -> {
				if (message.channel().equals(MARKERS)) {
					mate.reading.onRelayedMarker(this.id, marker(message));
				}
				else {
					mate.reading.onRelayed(this.id, message);
				}
			}));
		}

		@Override
		public boolean mark(Marker marker) {
			if (!ReadingWorld.this.redis) {
				return false;
			}
			send(this.id + ">redis", () -> toRedis(new ClassicMessage(MARKERS, marker.encode())));
			return true;
		}

		@Override
		public boolean announce(Standing standing) {
			mates().forEach((mate) -> tell(mate, () -> mate.reading.onStanding(this.id, standing)));
			return true;
		}

		@Override
		public void tell(String mate, Standing standing) {
			tell(mate, () -> Objects.requireNonNull(ReadingWorld.this.workers.get(mate)).reading.onStanding(this.id,
					standing));
		}

		@Override
		public void attach(String mate, long number) {
			if (!this.deaf.containsKey("attach")) {
				tell(mate, () -> Objects.requireNonNull(ReadingWorld.this.workers.get(mate)).reading.onAttached(this.id,
						number));
			}
		}

		@Override
		public void detach(String mate, long number) {
			tell(mate, () -> Objects.requireNonNull(ReadingWorld.this.workers.get(mate)).reading.onDetached(this.id,
					number));
		}

		@Override
		public void subscribe() {
			// Over another connection than what is published
			send(this.id + ">redis subscriptions", () -> {
				if (this.alive) {
					this.subscribed = true;
					if (this.since < 0) {
						this.since = ReadingWorld.this.published;
					}
					send("redis>" + this.id, () -> {
						if (this.alive) {
							this.reading.onSubscribed();
						}
					});
				}
			});
		}

		@Override
		public void unsubscribe() {
			send(this.id + ">redis subscriptions", () -> this.subscribed = false);
		}

		@Override
		public boolean isOrdered() {
			return ReadingWorld.this.ordered;
		}

		@Override
		public void left() {
			this.left = true;
			kill();
		}

	}

}
