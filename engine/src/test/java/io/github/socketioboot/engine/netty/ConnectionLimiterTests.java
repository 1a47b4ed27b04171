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
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.RefusalReason;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ConnectionLimiter}.
 */
class ConnectionLimiterTests {

	private static final InetAddress A = address(1);

	private static final InetAddress B = address(2);

	private final EngineStatistics statistics = new EngineStatistics();

	private final MockTicker ticker = Ticker.newMockTicker();

	@Test
	void withoutLimitsEverythingPassesAndNothingIsRemembered() {
		ConnectionLimiter limiter = limiter(0, 0, 0);
		for (int i = 0; i < 1000; i++) {
			assertThat(limiter.tryConnect(A)).isTrue();
			assertThat(limiter.tryHandshake()).isTrue();
		}
		assertThat(limiter.connections()).isEqualTo(1000);
		assertThat(limiter.addresses()).isZero();
	}

	@Test
	void countsRequestsOfAnAddressAmongItsConnections() {
		ConnectionLimiter limiter = limiter(0, 2, 0);
		assertThat(limiter.limitsAddresses()).isTrue();
		assertThat(limiter.tryConnect(null)).isTrue();
		assertThat(limiter.addresses()).isZero();
		assertThat(limiter.tryConnect(A)).isTrue();
		assertThat(limiter.tryAddress(A)).isTrue();
		assertThat(limiter.tryAddress(A)).isFalse();
		assertThat(limiter.tryConnect(A)).isFalse();
		assertThat(limiter.tryAddress(B)).isTrue();
		assertThat(this.statistics.refused(RefusalReason.CONNECTIONS_PER_ADDRESS)).isEqualTo(2);
		limiter.leave(A);
		limiter.leave(B);
		assertThat(limiter.tryAddress(A)).isTrue();
		limiter.leave(A);
		limiter.disconnected(A);
		limiter.disconnected(null);
		assertThat(limiter.addresses()).isZero();
		assertThat(limiter.connections()).isZero();
		assertThat(limiter(1, 0, 0).limitsAddresses()).isFalse();
	}

	@Test
	void limitsConnections() {
		ConnectionLimiter limiter = limiter(2, 0, 0);
		assertThat(limiter.tryConnect(A)).isTrue();
		assertThat(limiter.tryConnect(B)).isTrue();
		assertThat(limiter.tryConnect(A)).isFalse();
		assertThat(this.statistics.refused(RefusalReason.CONNECTIONS)).isOne();
		limiter.disconnected(B);
		assertThat(limiter.tryConnect(A)).isTrue();
		assertThat(limiter.tryConnect(B)).isFalse();
		assertThat(limiter.connections()).isEqualTo(2);
	}

	@Test
	void limitsConnectionsPerAddress() {
		ConnectionLimiter limiter = limiter(0, 2, 0);
		assertThat(limiter.tryConnect(A)).isTrue();
		assertThat(limiter.tryConnect(A)).isTrue();
		assertThat(limiter.tryConnect(A)).isFalse();
		assertThat(limiter.tryConnect(B)).isTrue();
		assertThat(this.statistics.refused(RefusalReason.CONNECTIONS_PER_ADDRESS)).isOne();
		assertThat(limiter.connections()).isEqualTo(3);
		limiter.disconnected(A);
		assertThat(limiter.tryConnect(A)).isTrue();
		assertThat(limiter.tryConnect(A)).isFalse();
	}

	@Test
	void forgetsAddressesWithoutConnections() {
		ConnectionLimiter limiter = limiter(0, 5, 0);
		for (int i = 0; i < 100; i++) {
			assertThat(limiter.tryConnect(address(i))).isTrue();
			assertThat(limiter.tryConnect(address(i))).isTrue();
		}
		assertThat(limiter.addresses()).isEqualTo(100);
		for (int i = 0; i < 100; i++) {
			limiter.disconnected(address(i));
			limiter.disconnected(address(i));
		}
		assertThat(limiter.addresses()).isZero();
		assertThat(limiter.connections()).isZero();
	}

	@Test
	void refusedAddressesAreNotRemembered() {
		ConnectionLimiter limiter = limiter(1, 1, 0);
		assertThat(limiter.tryConnect(A)).isTrue();
		assertThat(limiter.tryConnect(B)).isFalse();
		assertThat(limiter.addresses()).isOne();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 7, 10, 1000, 100_000 })
	void limitsHandshakesPerSecond(int rate) {
		ConnectionLimiter limiter = limiter(0, 0, rate);
		for (int second = 0; second < 3; second++) {
			for (int i = 0; i < rate; i++) {
				assertThat(limiter.tryHandshake()).isTrue();
			}
			assertThat(limiter.tryHandshake()).isFalse();
			assertThat(this.statistics.refused(RefusalReason.HANDSHAKE_RATE)).isEqualTo(second + 1);
			this.ticker.advance(1, TimeUnit.SECONDS);
		}
	}

	@Test
	void handshakesAreAdmittedAgainOneByOne() {
		ConnectionLimiter limiter = limiter(0, 0, 2);
		assertThat(limiter.tryHandshake()).isTrue();
		assertThat(limiter.tryHandshake()).isTrue();
		this.ticker.advance(499, TimeUnit.MILLISECONDS);
		assertThat(limiter.tryHandshake()).isFalse();
		this.ticker.advance(1, TimeUnit.MILLISECONDS);
		assertThat(limiter.tryHandshake()).isTrue();
		assertThat(limiter.tryHandshake()).isFalse();
	}

	@Test
	void quietTimeIsNotSavedUp() {
		ConnectionLimiter limiter = limiter(0, 0, 2);
		this.ticker.advance(1, TimeUnit.HOURS);
		assertThat(limiter.tryHandshake()).isTrue();
		assertThat(limiter.tryHandshake()).isTrue();
		assertThat(limiter.tryHandshake()).isFalse();
	}

	@Test
	void limitsHoldAcrossThreads() throws Exception {
		int threads = 4;
		int perAddress = 3;
		ConnectionLimiter limiter = limiter(5, perAddress, 0);
		AtomicInteger open = new AtomicInteger();
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> results = new ArrayList<>();
			for (int t = 0; t < threads; t++) {
				results.add(executor.submit(() -> {
					for (int i = 0; i < 20_000; i++) {
						InetAddress address = address(i % 2);
						if (limiter.tryConnect(address)) {
							assertThat(open.incrementAndGet()).isLessThanOrEqualTo(5);
							open.decrementAndGet();
							limiter.disconnected(address);
						}
					}
				}));
			}
			for (Future<?> result : results) {
				result.get(60, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(limiter.connections()).isZero();
		assertThat(limiter.addresses()).isZero();
	}

	@Test
	void refusesNegativeLimits() {
		assertThatIllegalArgumentException().isThrownBy(() -> limiter(-1, 0, 0))
			.withMessage("maxConnections: -1 (expected: >= 0)");
		assertThatIllegalArgumentException().isThrownBy(() -> limiter(0, -1, 0))
			.withMessage("maxConnectionsPerAddress: -1 (expected: >= 0)");
		assertThatIllegalArgumentException().isThrownBy(() -> limiter(0, 0, -1))
			.withMessage("handshakesPerSecond: -1 (expected: >= 0)");
	}

	private ConnectionLimiter limiter(int connections, int perAddress, int handshakes) {
		LimitsConfig defaults = LimitsConfig.DEFAULT;
		return new ConnectionLimiter(new LimitsConfig(connections, perAddress, handshakes, defaults.maxHeaderSize(),
				defaults.headTimeout(), defaults.bodyTimeout(), defaults.idleTimeout()), this.statistics, this.ticker);
	}

	private static InetAddress address(int last) {
		try {
			return InetAddress.getByAddress(new byte[] { 10, 0, 0, (byte) last });
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
