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

package io.github.socketioboot.autoconfigure.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.socketioboot.engine.bridge.EngineSocketIOClient;
import io.github.socketioboot.engine.bridge.EngineSocketIONamespace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.core.Authentication;

/**
 * Sends clients away from their namespace when their credentials end. Looks at the clock
 * of the day every {@link #INTERVAL} instead of waiting for each client, so that a clock
 * that is put right, or a machine that slept, makes nobody stay for longer. Holds one
 * entry for each connected client whose credentials end, and one thread once there is
 * such a client. Thread-safe.
 */
final class ExpiryWatch implements AutoCloseable {

	/**
	 * What a client is told before it is sent away.
	 */
	static final String EVENT = "credentials_expired";

	/**
	 * By how much a client may stay too long.
	 */
	static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * When to ask again after what tells of credentials has failed.
	 */
	private static final Duration RETRY = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(ExpiryWatch.class);

	private final Clock clock;

	private final AtomicLong numbers = new AtomicLong();

	private final ConcurrentNavigableMap<Deadline, EngineSocketIOClient> clients = new ConcurrentSkipListMap<>();

	private final Map<EngineSocketIOClient, Deadline> deadlines = new ConcurrentHashMap<>();

	private @Nullable ScheduledExecutorService timer;

	private boolean closed;

	/**
	 * Create a watch.
	 * @param clock tells what time of the day it is
	 */
	ExpiryWatch(Clock clock) {
		this.clock = clock;
	}

	Clock clock() {
		return this.clock;
	}

	/**
	 * Return whether it is too late for credentials.
	 * @param expiresAt when they end, or {@code null} if they last
	 * @return {@code true} from that time on
	 */
	boolean isPast(@Nullable Instant expiresAt) {
		return expiresAt != null && !this.clock.instant().isBefore(expiresAt);
	}

	/**
	 * Watch the clients of a namespace.
	 * @param namespace the namespace
	 */
	void watchClientsOf(EngineSocketIONamespace namespace) {
		namespace.addConnectListener((client) -> watch((EngineSocketIOClient) client));
		namespace.addDisconnectListener((client) -> forget((EngineSocketIOClient) client));
	}

	/**
	 * Watch a client until it leaves, if its credentials end.
	 * @param client a client that has connected
	 */
	void watch(EngineSocketIOClient client) {
		Instant expiresAt = CredentialsExpiry.of(client.principal());
		if (expiresAt != null) {
			watch(client, expiresAt);
		}
	}

	private void watch(EngineSocketIOClient client, Instant at) {
		Deadline deadline = new Deadline(at, this.numbers.getAndIncrement());
		this.deadlines.put(client, deadline);
		this.clients.put(deadline, client);
		begin();
		if (!client.socket().isConnected()) {
			forget(client);
		}
	}

	/**
	 * Watch a client no longer.
	 * @param client a client that has left
	 */
	void forget(EngineSocketIOClient client) {
		Deadline deadline = this.deadlines.remove(client);
		if (deadline != null) {
			this.clients.remove(deadline);
		}
	}

	int size() {
		return this.clients.size();
	}

	/**
	 * Send away the clients whose time has come.
	 */
	void check() {
		Map.Entry<Deadline, EngineSocketIOClient> first = this.clients.firstEntry();
		while (first != null && isPast(first.getKey().at())) {
			EngineSocketIOClient client = first.getValue();
			forget(client);
			this.clients.remove(first.getKey());
			try {
				end(client);
			}
			catch (RuntimeException ex) {
				logger.warn("It is not known whether the credentials of {} have expired; asked again in {} s", client,
						RETRY.toSeconds(), ex);
				watch(client, this.clock.instant().plus(RETRY));
			}
			first = this.clients.firstEntry();
		}
	}

	/**
	 * Send away the clients that a session of the web application has let in.
	 * @param sessionId id of a session that has ended
	 */
	void endSession(String sessionId) {
		for (EngineSocketIOClient client : this.deadlines.keySet()) {
			if (client.principal() instanceof Authentication authentication
					&& authentication.getDetails() instanceof SessionDetails details && details.isOf(sessionId)) {
				forget(client);
				sendAway(client);
			}
		}
	}

	private void end(EngineSocketIOClient client) {
		if (isPast(CredentialsExpiry.of(client.principal()))) {
			sendAway(client);
		}
		else {
			// They have been renewed
			watch(client);
		}
	}

	private static void sendAway(EngineSocketIOClient client) {
		logger.debug("The credentials of {} have expired", client);
		client.sendEvent(EVENT);
		client.disconnect();
	}

	private synchronized void begin() {
		if (this.timer == null && !this.closed) {
			this.timer = Executors.newSingleThreadScheduledExecutor((task) -> {
				Thread thread = new Thread(task, "socketio-credentials");
				thread.setDaemon(true);
				return thread;
			});
			this.timer.scheduleWithFixedDelay(this::check, INTERVAL.toMillis(), INTERVAL.toMillis(),
					TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.timer != null) {
			this.timer.shutdownNow();
			this.timer = null;
		}
	}

	/**
	 * When the credentials of a client end. Immutable.
	 *
	 * @param at the time
	 * @param number tells apart those of the same time
	 */
	private record Deadline(Instant at, long number) implements Comparable<Deadline> {

		@Override
		public int compareTo(Deadline other) {
			int byTime = this.at.compareTo(other.at);
			return (byTime != 0) ? byTime : Long.compare(this.number, other.number);
		}

	}

}
