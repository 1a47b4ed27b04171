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

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Details of an authentication that comes from a session of the web application: it ends
 * with the session. Looks at the session again when it may have ended, and once in a
 * while, since not every repository tells when someone has logged out. Thread-safe.
 */
final class SessionDetails implements ExpiringCredentials, Serializable {

	/**
	 * How long a session is believed to be there.
	 */
	static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

	private static final long serialVersionUID = 1L;

	private final String sessionId;

	private final transient SessionRepository<? extends Session> sessions;

	private final transient Clock clock;

	private volatile Instant known;

	SessionDetails(Session session, SessionRepository<? extends Session> sessions, Clock clock) {
		this.sessionId = session.getId();
		this.sessions = sessions;
		this.clock = clock;
		this.known = believed(session);
	}

	boolean isOf(String sessionId) {
		return this.sessionId.equals(sessionId);
	}

	@Override
	public Instant getExpiresAt() {
		Instant known = this.known;
		if (this.clock.instant().isBefore(known)) {
			return known;
		}
		Session session = this.sessions.findById(this.sessionId);
		if (session != null && !session.isExpired()) {
			known = believed(session);
			this.known = known;
		}
		return known;
	}

	private Instant believed(Session session) {
		Instant later = this.clock.instant().plus(LOOK_AGAIN);
		Duration idle = session.getMaxInactiveInterval();
		Instant end = idle.isNegative() ? later : session.getLastAccessedTime().plus(idle);
		return end.isBefore(later) ? end : later;
	}

	/**
	 * Says nothing of the session.
	 */
	@Override
	public String toString() {
		return "SessionDetails";
	}

}
