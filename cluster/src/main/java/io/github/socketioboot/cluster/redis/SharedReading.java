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

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for one namespace whether this worker reads from Redis itself or takes what
 * another worker of its host, the reader, relays. Everything that Redis carries is
 * handled exactly once, in the order of Redis, as long as readers leave in good order.
 * <p>
 * A worker goes over from one stream to the other at a marker, which it publishes over
 * Redis so that it comes in both: what is before is handled from the one, what is after
 * from the other, and what comes too early waits. Every worker begins as a reader, and
 * follows the oldest one then.
 * <p>
 * Knows neither Redis nor processes. For one thread.
 */
final class SharedReading {

	/**
	 * How long the way from reading to following may take.
	 */
	static final Duration JOIN_PATIENCE = Duration.ofSeconds(3);

	/**
	 * How long to wait until another attempt to follow.
	 */
	static final Duration JOIN_PAUSE = Duration.ofSeconds(5);

	/**
	 * How long a reader that leaves is waited for to relay the marker.
	 */
	static final Duration RETURN_PATIENCE = Duration.ofSeconds(2);

	/**
	 * After how long a marker is published again.
	 */
	static final Duration MARKER_PATIENCE = Duration.ofSeconds(1);

	/**
	 * How long a reader relays while it leaves.
	 */
	static final Duration LEAVE_PATIENCE = Duration.ofSeconds(3);

	/**
	 * How long a reader may be without Redis while its followers have it.
	 */
	static final Duration DOWN_PATIENCE = Duration.ofSeconds(2);

	private static final Logger logger = LoggerFactory.getLogger(SharedReading.class);

	/** Members are named by a number that grows, and their host. */
	private static final Comparator<String> BY_AGE = Comparator.comparing(String::length)
		.thenComparing(Comparator.naturalOrder());

	private final String self;

	private final Actions actions;

	private final LongSupplier clock;

	/** How the other workers that have the namespace read. */
	private final Map<String, Standing> mates = new TreeMap<>(BY_AGE);

	/** Who is relayed to, and the number of the marker from which on. */
	private final Map<String, Long> followers = new HashMap<>();

	private Phase phase = Phase.READING;

	private boolean up;

	private long upSince;

	/** Whether Redis has confirmed that what is for all is read. */
	private boolean subscribed;

	private boolean leaving;

	private boolean left;

	/** When to give up leaving. */
	private long leaveDeadline;

	/** Whether followers are asked to read themselves, to follow an older reader then. */
	private boolean resigning;

	private long joinNotBefore;

	private @Nullable Standing announced;

	/** The reader that is followed, or is to be, or was. */
	private @Nullable String reader;

	/** When the reader lost Redis. */
	private long readerDownSince;

	/** The reader that went without a word, until this worker reads. */
	private @Nullable String lostReader;

	private long lostAt;

	/** Number of the marker from which on the reader relays. */
	private long attachment;

	private boolean attached;

	/** Number of the marker that counts. Begins where no earlier namespace has been. */
	private long number;

	private long deadline;

	private boolean marked;

	private long markedAt;

	private boolean ownMarkerSeen;

	private boolean relayedMarkerSeen;

	private final Backlog own = new Backlog();

	private final Backlog relayed = new Backlog();

	/**
	 * Create the state of a worker that reads.
	 * @param self its id
	 * @param actions what it does
	 * @param clock the time in nanoseconds
	 */
	SharedReading(String self, Actions actions, LongSupplier clock) {
		this.self = self;
		this.actions = actions;
		this.clock = clock;
		this.joinNotBefore = clock.getAsLong();
		this.number = clock.getAsLong();
	}

	/**
	 * Return whether this worker reads from Redis.
	 * @return {@code true} unless another one does so for it
	 */
	boolean isReading() {
		return this.phase == Phase.READING;
	}

	/**
	 * Return whether another worker reads from Redis for this one.
	 * @return {@code true} if so
	 */
	boolean isFollowing() {
		return this.phase == Phase.FOLLOWING;
	}

	/**
	 * Return how many workers this one relays to.
	 * @return the number
	 */
	int followers() {
		return this.followers.size();
	}

	/**
	 * Take a message from Redis.
	 * @param message the message, which no worker of this host has sent
	 */
	void onMessage(ClassicMessage message) {
		switch (this.phase) {
			case READING -> take(message);
			case JOINING -> {
				if (!this.ownMarkerSeen) {
					take(message);
				}
				else if (!this.own.add(message)) {
					abandonJoin("it takes too long");
					take(message);
				}
			}
			case RETURNING -> {
				if (this.ownMarkerSeen && !this.own.add(message)) {
					read();
					take(message);
				}
			}
			case FOLLOWING -> {
				// The reader relays it
			}
		}
	}

	private void take(ClassicMessage message) {
		if (!this.followers.isEmpty()) {
			this.actions.relay(message);
		}
		this.actions.handle(message);
	}

	/**
	 * Take a marker from Redis.
	 * @param marker the marker, of this worker or of another one
	 * @param message the message that it was
	 */
	void onMarker(Marker marker, ClassicMessage message) {
		if (marker.member().equals(this.self)) {
			if (marker.number() == this.number) {
				onOwnMarker();
			}
		}
		else if (marker.mate().equals(this.self) && this.mates.containsKey(marker.member())) {
			if (standing().reads()) {
				this.followers.put(marker.member(), marker.number());
				this.actions.attach(marker.member(), marker.number());
			}
			else {
				this.actions.tell(marker.member(), standing());
			}
		}
		else if (this.followers.containsKey(marker.member())) {
			this.actions.relay(message);
		}
	}

	private void onOwnMarker() {
		if (this.phase == Phase.JOINING) {
			this.ownMarkerSeen = true;
			if (this.attached) {
				follow();
			}
		}
		else if (this.phase == Phase.RETURNING) {
			this.ownMarkerSeen = true;
			if (this.reader == null || this.relayedMarkerSeen) {
				read();
			}
		}
	}

	/**
	 * Take a message that another worker relays.
	 * @param mate its id
	 * @param message the message
	 */
	void onRelayed(String mate, ClassicMessage message) {
		if (!mate.equals(this.reader)) {
			return;
		}
		if (this.phase == Phase.FOLLOWING || (this.phase == Phase.RETURNING && !this.relayedMarkerSeen)) {
			this.actions.handle(message);
		}
		else if (this.phase == Phase.JOINING && this.attached) {
			if (!this.relayed.add(message)) {
				abandonJoin("it takes too long");
			}
		}
		else if (this.phase == Phase.RETURNING && !this.relayed.add(message)) {
			this.relayed.clear();
		}
	}

	/**
	 * Take a marker that another worker relays.
	 * @param mate its id
	 * @param marker the marker
	 */
	void onRelayedMarker(String mate, Marker marker) {
		if (this.phase == Phase.RETURNING && mate.equals(this.reader) && marker.member().equals(this.self)
				&& marker.number() == this.number) {
			this.relayedMarkerSeen = true;
			if (this.ownMarkerSeen) {
				read();
			}
		}
	}

	/**
	 * Note that everything after a marker is relayed to this worker.
	 * @param mate who relays
	 * @param number number of the marker
	 */
	void onAttached(String mate, long number) {
		if (this.phase != Phase.JOINING || !mate.equals(this.reader) || number != this.number) {
			this.actions.detach(mate, number);
			return;
		}
		this.attached = true;
		if (this.ownMarkerSeen) {
			follow();
		}
	}

	/**
	 * Note that another worker needs no relaying any more.
	 * @param mate its id
	 * @param number number of the marker from which on it was relayed to
	 */
	void onDetached(String mate, long number) {
		if (this.followers.remove(mate, number)) {
			onFollowerGone();
		}
	}

	/**
	 * Note that there is another worker, which may or may not have the namespace.
	 * @param mate its id
	 */
	void onMate(String mate) {
		this.actions.tell(mate, standing());
	}

	/**
	 * Note how another worker reads.
	 * @param mate its id
	 * @param standing how
	 */
	void onStanding(String mate, Standing standing) {
		Standing before = this.mates.put(mate, standing);
		if (before == null) {
			this.actions.tell(mate, standing());
		}
		if (mate.equals(this.reader)) {
			if (!standing.up() && (before == null || before.up())) {
				this.readerDownSince = this.clock.getAsLong();
			}
			if (!standing.reads()) {
				onReaderLeaving();
			}
		}
	}

	private void onReaderLeaving() {
		if (this.phase == Phase.JOINING) {
			abandonJoin("it leaves");
		}
		else if (this.phase == Phase.FOLLOWING) {
			logger.debug("Reading from Redis, as {} ceases to", this.reader);
			startReturn();
		}
	}

	/**
	 * Note that another worker has not the namespace any more, or is gone.
	 * @param mate its id
	 */
	void onGone(String mate) {
		this.mates.remove(mate);
		if (this.followers.remove(mate) != null) {
			onFollowerGone();
		}
		if (!mate.equals(this.reader)) {
			return;
		}
		if (this.phase == Phase.JOINING) {
			abandonJoin("it is gone");
		}
		else if (this.phase == Phase.FOLLOWING) {
			this.lostReader = mate;
			this.lostAt = this.clock.getAsLong();
			this.reader = null;
			startReturn();
		}
		else {
			giveUpReader();
		}
	}

	private void onFollowerGone() {
		if (this.followers.isEmpty()) {
			if (this.leaving) {
				finish();
			}
			else if (this.resigning) {
				elect();
			}
		}
	}

	/**
	 * Note that Redis has confirmed what was asked for by {@link Actions#subscribe}, or
	 * what a worker asks for at its start.
	 */
	void onSubscribed() {
		this.subscribed = true;
		if (this.phase == Phase.RETURNING) {
			mark();
		}
	}

	/**
	 * Note whether this worker is connected to Redis.
	 * @param up whether it is
	 */
	void onUp(boolean up) {
		if (this.up == up) {
			return;
		}
		this.up = up;
		this.upSince = this.clock.getAsLong();
		announce();
		if (up && this.phase == Phase.RETURNING && !this.marked) {
			mark();
		}
	}

	/**
	 * Hand over to others. Messages are handled as before; ends with
	 * {@link Actions#left()}.
	 */
	void leave() {
		if (this.leaving) {
			return;
		}
		this.leaving = true;
		this.leaveDeadline = deadline(LEAVE_PATIENCE);
		if (this.phase == Phase.JOINING) {
			abandonJoin("this one leaves");
		}
		announce();
		if (this.followers.isEmpty() || !this.up) {
			finish();
		}
	}

	private void finish() {
		if (!this.left) {
			this.left = true;
			this.actions.left();
		}
	}

	/**
	 * See what has taken too long. Called every now and then.
	 */
	void tick() {
		if (!standing().equals(this.announced)) {
			announce();
		}
		if (this.leaving) {
			if (isOver(this.leaveDeadline)) {
				finish();
			}
			return;
		}
		switch (this.phase) {
			case READING -> elect();
			case JOINING -> {
				if (isOver(this.deadline)) {
					abandonJoin("it takes too long");
				}
			}
			case FOLLOWING -> lookAtReader();
			case RETURNING -> lookAtReturn();
		}
	}

	private void lookAtReader() {
		Standing standing = (this.reader != null) ? this.mates.get(this.reader) : null;
		long now = this.clock.getAsLong();
		if (this.up && standing != null && !standing.up() && now - this.upSince > DOWN_PATIENCE.toNanos()
				&& now - this.readerDownSince > DOWN_PATIENCE.toNanos()) {
			this.lostReader = this.reader;
			this.lostAt = this.readerDownSince;
			detach();
			startReturn();
		}
	}

	private void lookAtReturn() {
		if (this.reader != null && isOver(this.deadline)) {
			giveUpReader();
		}
		if (this.phase == Phase.RETURNING && this.subscribed && this.up && !this.ownMarkerSeen
				&& (!this.marked || this.clock.getAsLong() - this.markedAt > MARKER_PATIENCE.toNanos())) {
			// What was held back because of the marker that is lost
			this.relayed.drain(this.actions::handle);
			mark();
		}
	}

	private void giveUpReader() {
		detach();
		if (this.phase == Phase.RETURNING && this.ownMarkerSeen) {
			read();
		}
	}

	/**
	 * Follow the oldest reader if that is not this worker.
	 */
	private void elect() {
		String oldest = oldestReader();
		if (oldest == null) {
			this.resigning = false;
			announce();
		}
		else if (this.followers.isEmpty()) {
			this.resigning = false;
			startJoin(oldest);
		}
		else if (!this.resigning) {
			this.resigning = true;
			announce();
		}
	}

	private @Nullable String oldestReader() {
		if (!this.subscribed || !this.up || !this.actions.isOrdered() || !isOver(this.joinNotBefore)) {
			return null;
		}
		for (Map.Entry<String, Standing> mate : this.mates.entrySet()) {
			if (BY_AGE.compare(mate.getKey(), this.self) > 0) {
				return null;
			}
			if (mate.getValue().reads() && mate.getValue().up()) {
				return mate.getKey();
			}
		}
		return null;
	}

	private void startJoin(String mate) {
		this.phase = Phase.JOINING;
		this.reader = mate;
		this.attached = false;
		this.ownMarkerSeen = false;
		this.deadline = deadline(JOIN_PATIENCE);
		announce();
		if (mark()) {
			this.attachment = this.number;
		}
		else {
			abandonJoin("Redis is away");
		}
	}

	private void follow() {
		logger.debug("Worker {} reads from Redis for this one", this.reader);
		this.phase = Phase.FOLLOWING;
		this.own.clear();
		this.relayed.drain(this.actions::handle);
		this.subscribed = false;
		this.readerDownSince = this.clock.getAsLong();
		this.actions.unsubscribe();
	}

	private void abandonJoin(String reason) {
		logger.debug("Worker {} does not read from Redis for this one: {}", this.reader, reason);
		this.joinNotBefore = deadline(JOIN_PAUSE);
		detach();
		read();
	}

	private void startReturn() {
		this.phase = Phase.RETURNING;
		this.ownMarkerSeen = false;
		this.relayedMarkerSeen = false;
		this.marked = false;
		this.deadline = deadline(RETURN_PATIENCE);
		this.actions.subscribe();
	}

	/**
	 * Handle what comes from Redis from now on, after what has come since the marker.
	 */
	private void read() {
		detach();
		this.phase = Phase.READING;
		this.number++;
		this.relayed.clear();
		this.own.drain(this::take);
		if (this.lostReader != null) {
			logger.info(
					"Worker {} has read from Redis for this one and cannot any more: this one reads after {} ms, "
							+ "in which messages of other hosts may have been lost",
					this.lostReader, Duration.ofNanos(this.clock.getAsLong() - this.lostAt).toMillis());
			this.lostReader = null;
		}
		announce();
	}

	private void detach() {
		String reader = this.reader;
		if (reader != null) {
			this.reader = null;
			if (this.mates.containsKey(reader)) {
				this.actions.detach(reader, this.attachment);
			}
		}
	}

	private boolean mark() {
		this.number++;
		this.relayedMarkerSeen = false;
		this.marked = this.actions.mark(new Marker(this.self,
				(this.phase == Phase.JOINING && this.reader != null) ? this.reader : "", this.number));
		this.markedAt = this.clock.getAsLong();
		return this.marked;
	}

	private Standing standing() {
		return new Standing(this.phase == Phase.READING && !this.leaving && !this.resigning, this.up);
	}

	private void announce() {
		Standing standing = standing();
		if (!standing.equals(this.announced)) {
			this.announced = this.actions.announce(standing) ? standing : null;
		}
	}

	private long deadline(Duration patience) {
		return this.clock.getAsLong() + patience.toNanos();
	}

	private boolean isOver(long deadline) {
		return this.clock.getAsLong() - deadline >= 0;
	}

	/**
	 * How a worker reads.
	 */
	private enum Phase {

		/** From Redis. */
		READING,

		/** From Redis, until the reader relays. */
		JOINING,

		/** What the reader relays. */
		FOLLOWING,

		/** What the reader relays if there is one still, until Redis is read again. */
		RETURNING

	}

	/**
	 * What a worker does. Nothing here fails, or calls back.
	 */
	interface Actions {

		/**
		 * Handle a message.
		 * @param message the message
		 */
		void handle(ClassicMessage message);

		/**
		 * Send a message to the others as one of Redis.
		 * @param message the message
		 */
		void relay(ClassicMessage message);

		/**
		 * Publish a marker over Redis.
		 * @param marker the marker
		 * @return {@code false} if that cannot be done now
		 */
		boolean mark(Marker marker);

		/**
		 * Tell all others how this worker reads.
		 * @param standing how
		 * @return {@code false} if that cannot be done now
		 */
		boolean announce(Standing standing);

		/**
		 * Tell another worker how this one reads.
		 * @param mate its id
		 * @param standing how
		 */
		void tell(String mate, Standing standing);

		/**
		 * Tell another worker that everything after a marker is relayed to it.
		 * @param mate its id
		 * @param number number of the marker
		 */
		void attach(String mate, long number);

		/**
		 * Tell another worker that nothing more needs to be relayed.
		 * @param mate its id
		 * @param number number of the marker from which on it was
		 */
		void detach(String mate, long number);

		/**
		 * Ask Redis for what is for all.
		 */
		void subscribe();

		/**
		 * Ask Redis no longer for what is for all.
		 */
		void unsubscribe();

		/**
		 * Return whether Redis gives everybody everything in the same order.
		 * @return {@code true} if so
		 */
		boolean isOrdered();

		/**
		 * Note that nobody needs this worker any more.
		 */
		void left();

	}

}
