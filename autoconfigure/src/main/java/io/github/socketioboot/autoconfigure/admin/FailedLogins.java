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

package io.github.socketioboot.autoconfigure.admin;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Counts failed logins per address, or per network of an IPv6 address, in a window of
 * time. The addresses that have failed last are remembered, a bound number of them.
 * Thread-safe.
 */
final class FailedLogins {

	static final int MAX_FAILURES = 10;

	static final int MAX_ADDRESSES = 1024;

	static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final int NETWORK_BYTES = 8;

	private final LongSupplier nanoTime;

	private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75F, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
			return size() > MAX_ADDRESSES;
		}

	};

	FailedLogins(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Return whether an address may try.
	 * @param address the address, or {@code null} if it is not known
	 * @return {@code false} after too many failures, until the window is over
	 */
	synchronized boolean mayTry(@Nullable InetAddress address) {
		Failures failures = this.failures.get(key(address));
		return failures == null || isOver(failures) || failures.count < MAX_FAILURES;
	}

	synchronized void failed(@Nullable InetAddress address) {
		Failures failures = this.failures.get(key(address));
		if (failures == null || isOver(failures)) {
			failures = new Failures(this.nanoTime.getAsLong());
			this.failures.put(key(address), failures);
		}
		failures.count++;
	}

	private boolean isOver(Failures failures) {
		return this.nanoTime.getAsLong() - failures.since > WINDOW_NANOS;
	}

	private static String key(@Nullable InetAddress address) {
		if (address == null) {
			return "";
		}
		byte[] bytes = address.getAddress();
		return Arrays.toString((bytes.length > NETWORK_BYTES) ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
	}

	/**
	 * Failures of one address.
	 */
	private static final class Failures {

		private final long since;

		private int count;

		Failures(long since) {
			this.since = since;
		}

	}

}
