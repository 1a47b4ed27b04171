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

package io.github.socketioboot.engine.netty;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.RefusalReason;
import io.netty.util.concurrent.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Admits connections and handshakes up to their limits and counts what it refuses.
 * Thread-safe. It remembers no more addresses than there are connections.
 *
 * @since 0.1.0
 */
final class ConnectionLimiter {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final EngineStatistics statistics;

	private final Ticker ticker;

	private final int maxConnections;

	private final int maxConnectionsPerAddress;

	private final AtomicInteger connections = new AtomicInteger();

	private final @Nullable ConcurrentMap<InetAddress, Integer> addresses;

	/**
	 * Time that a handshake takes up, in nanoseconds; 0 for no limit.
	 */
	private final long interval;

	/**
	 * Time until which past handshakes have used up their share. A bucket of tokens in
	 * one number: as long as it is less than a second ahead there is a token left.
	 */
	private final AtomicLong usedUntil;

	/**
	 * Create a limiter.
	 * @param limits the limits, 0 for none
	 * @param statistics counts the refusals
	 * @param ticker clock
	 * @throws IllegalArgumentException if a limit is negative
	 */
	ConnectionLimiter(LimitsConfig limits, EngineStatistics statistics, Ticker ticker) {
		this.statistics = statistics;
		this.ticker = ticker;
		this.maxConnections = check("maxConnections", limits.maxConnections());
		this.maxConnectionsPerAddress = check("maxConnectionsPerAddress", limits.maxConnectionsPerAddress());
		this.addresses = (limits.maxConnectionsPerAddress() > 0) ? new ConcurrentHashMap<>() : null;
		int rate = check("handshakesPerSecond", limits.handshakesPerSecond());
		this.interval = (rate > 0) ? SECOND / rate : 0;
		this.usedUntil = new AtomicLong(ticker.nanoTime());
	}

	/**
	 * Admit or refuse a connection.
	 * @param address address of the client, or {@code null} if it carries requests of
	 * many
	 * @return {@code true} if it is admitted: {@link #disconnected} must then be called,
	 * once, when it is closed
	 */
	boolean tryConnect(@Nullable InetAddress address) {
		if (this.connections.incrementAndGet() > this.maxConnections && this.maxConnections > 0) {
			this.connections.decrementAndGet();
			this.statistics.refuse(RefusalReason.CONNECTIONS, address);
			return false;
		}
		if (address != null && !tryAddress(address)) {
			this.connections.decrementAndGet();
			return false;
		}
		return true;
	}

	/**
	 * Return whether there is a limit for each address.
	 * @return {@code true} if so
	 */
	boolean limitsAddresses() {
		return this.addresses != null;
	}

	/**
	 * Admit or refuse what counts as a connection of an address but is none of its own.
	 * @param address address of the client
	 * @return {@code true} if it is admitted: {@link #leave} must then be called, once
	 */
	boolean tryAddress(InetAddress address) {
		if (this.addresses == null || tryConnect(this.addresses, address)) {
			return true;
		}
		this.statistics.refuse(RefusalReason.CONNECTIONS_PER_ADDRESS, address);
		return false;
	}

	/**
	 * Take note that what {@link #tryAddress} has admitted is over.
	 * @param address the address given there
	 */
	void leave(InetAddress address) {
		if (this.addresses != null) {
			this.addresses.computeIfPresent(address, (key, count) -> (count > 1) ? count - 1 : null);
		}
	}

	private boolean tryConnect(ConcurrentMap<InetAddress, Integer> addresses, InetAddress address) {
		while (true) {
			Integer count = addresses.putIfAbsent(address, 1);
			if (count == null) {
				return true;
			}
			if (count >= this.maxConnectionsPerAddress) {
				return false;
			}
			if (addresses.replace(address, count, count + 1)) {
				return true;
			}
		}
	}

	/**
	 * Take note that an admitted connection was closed.
	 * @param address the address given to {@link #tryConnect}
	 */
	void disconnected(@Nullable InetAddress address) {
		this.connections.decrementAndGet();
		if (address != null) {
			leave(address);
		}
	}

	/**
	 * Admit or refuse a handshake. After a quiet second as many may come at once as the
	 * limit allows per second.
	 * @return {@code true} if it is admitted
	 */
	boolean tryHandshake() {
		if (this.interval == 0) {
			return true;
		}
		long now = this.ticker.nanoTime();
		while (true) {
			long used = this.usedUntil.get();
			long ahead = Math.max(used - now, 0);
			if (ahead > SECOND - this.interval) {
				this.statistics.refuse(RefusalReason.HANDSHAKE_RATE);
				return false;
			}
			if (this.usedUntil.compareAndSet(used, now + ahead + this.interval)) {
				return true;
			}
		}
	}

	/**
	 * Return how many connections are open.
	 * @return the number now
	 */
	int connections() {
		return this.connections.get();
	}

	/**
	 * Return how many addresses are remembered.
	 * @return the number now
	 */
	int addresses() {
		return (this.addresses != null) ? this.addresses.size() : 0;
	}

	private static int check(String setting, int value) {
		if (value < 0) {
			throw new IllegalArgumentException(setting + ": " + value + " (expected: >= 0)");
		}
		return value;
	}

}
