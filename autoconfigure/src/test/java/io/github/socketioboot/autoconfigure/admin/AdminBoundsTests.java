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
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of logins, and for how long.
 */
class AdminBoundsTests {

	private final AtomicLong now = new AtomicLong();

	@Test
	void sessionsEndWithTheirLifetime() {
		MemoryAdminSessions sessions = new MemoryAdminSessions(Duration.ofNanos(10), this.now::get);
		String id = sessions.begin();
		this.now.set(10);
		assertThat(sessions.isKnown(id)).isTrue();
		this.now.set(11);
		assertThat(sessions.isKnown(id)).isFalse();
	}

	@Test
	void oldestSessionsAreForgotten() {
		MemoryAdminSessions sessions = new MemoryAdminSessions(Duration.ofDays(1), this.now::get);
		String first = sessions.begin();
		String second = sessions.begin();
		for (int i = 0; i < MemoryAdminSessions.MAX_SESSIONS - 1; i++) {
			sessions.begin();
		}
		assertThat(sessions.isKnown(first)).isFalse();
		assertThat(sessions.isKnown(second)).isTrue();
	}

	@Test
	void failuresAreCountedPerAddressInAWindow() throws Exception {
		FailedLogins failures = new FailedLogins(this.now::get);
		InetAddress one = InetAddress.getByName("192.0.2.1");
		for (int i = 0; i < FailedLogins.MAX_FAILURES; i++) {
			assertThat(failures.mayTry(one)).isTrue();
			failures.failed(one);
		}
		assertThat(failures.mayTry(one)).isFalse();
		assertThat(failures.mayTry(InetAddress.getByName("192.0.2.2"))).isTrue();
		this.now.set(FailedLogins.WINDOW_NANOS + 1);
		assertThat(failures.mayTry(one)).isTrue();
	}

	@Test
	void addressesOfAnIpv6NetworkCountAsOne() throws Exception {
		FailedLogins failures = new FailedLogins(this.now::get);
		for (int i = 0; i < FailedLogins.MAX_FAILURES; i++) {
			failures.failed(InetAddress.getByName("2001:db8::" + i));
		}
		assertThat(failures.mayTry(InetAddress.getByName("2001:db8::ffff"))).isFalse();
		assertThat(failures.mayTry(InetAddress.getByName("2001:db8:0:1::1"))).isTrue();
	}

	@Test
	void hashesAreTakenByTheirForm() {
		String rest = ".".repeat(53);
		assertThat(AdminCredentials.isHash("$2a$10$" + rest)).isTrue();
		assertThat(AdminCredentials.isHash("$2b$04$" + rest)).isTrue();
		assertThat(AdminCredentials.isHash("$2y$16$" + rest)).isTrue();
		assertThat(AdminCredentials.isHash("$2y$17$" + rest)).isFalse();
		assertThat(AdminCredentials.isHash("$2a$10$" + rest + ".")).isFalse();
		assertThat(AdminCredentials.isHash("{bcrypt}$2a$10$" + rest)).isFalse();
		assertThat(AdminCredentials.isHash("changeit")).isFalse();
	}

}
