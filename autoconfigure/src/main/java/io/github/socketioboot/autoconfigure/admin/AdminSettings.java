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

import java.time.Duration;
import java.util.Set;

import io.github.socketioboot.autoconfigure.InvalidPropertyException;
import io.github.socketioboot.autoconfigure.PropertyChecks;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import org.jspecify.annotations.Nullable;

/**
 * The properties of the Admin UI, checked. Immutable.
 *
 * @param namespace name of the namespace
 * @param credentials who may log in, or {@code null} for everybody
 * @param readOnly whether there are no commands
 * @param development whether every event is told
 * @param serverId name of the server, or {@code null} for that of the process
 * @param sessionLifetime how long a login lasts
 */
record AdminSettings(String namespace, @Nullable AdminCredentials credentials, boolean readOnly, boolean development,
		@Nullable String serverId, Duration sessionLifetime) {

	private static final String USERNAME = "socketio.admin.username";

	private static final String PASSWORD = "socketio.admin.password";

	private static final String NAMESPACE = "socketio.admin.namespace";

	private static final String MISSING_REMEDY = "Set '" + USERNAME + "' and '" + PASSWORD
			+ "', a bcrypt hash, or let everybody in with 'socketio.admin.auth' set to false.";

	/**
	 * Check the properties.
	 * @param properties all properties
	 * @param bcrypt whether passwords can be compared
	 * @return the settings
	 * @throws InvalidPropertyException if a value cannot be worked with
	 */
	static AdminSettings of(SocketIoProperties properties, boolean bcrypt) {
		SocketIoProperties.Admin admin = properties.admin();
		return new AdminSettings(namespace(admin.namespace(), properties.namespaces()), credentials(admin, bcrypt),
				admin.readOnly(), admin.mode() == SocketIoProperties.Admin.Mode.DEVELOPMENT,
				(admin.serverId() != null && !admin.serverId().isBlank()) ? admin.serverId() : null,
				PropertyChecks.positive("socketio.admin.session-lifetime", admin.sessionLifetime()));
	}

	private static String namespace(String name, Set<String> ofApplication) {
		if (name.length() < 2 || !name.startsWith("/")
				|| name.chars().anyMatch((c) -> c <= ' ' || c == ',' || c == '?')) {
			throw new InvalidPropertyException(NAMESPACE, name, "is no name of a namespace",
					"Set '%s' to a name such as /admin.".formatted(NAMESPACE));
		}
		if (ofApplication.contains(name) || ofApplication.contains(name.substring(1))) {
			throw taken(name);
		}
		return name;
	}

	/**
	 * Say that the namespace is one of the application.
	 * @param name its name
	 * @return the failure
	 */
	static InvalidPropertyException taken(String name) {
		return new InvalidPropertyException(NAMESPACE, name, "is a namespace of the application",
				"Set '%s' to a name that nothing else uses.".formatted(NAMESPACE));
	}

	private static @Nullable AdminCredentials credentials(SocketIoProperties.Admin admin, boolean bcrypt) {
		if (!admin.auth()) {
			return null;
		}
		String username = admin.username();
		if (username == null || username.isBlank()) {
			throw new InvalidPropertyException(USERNAME, "", "is empty, and nobody could log in to the Admin UI",
					MISSING_REMEDY);
		}
		String password = admin.password();
		if (password == null || password.isBlank()) {
			throw new InvalidPropertyException(PASSWORD, "", "is empty, and nobody could log in to the Admin UI",
					MISSING_REMEDY);
		}
		// Never the value itself: it may be the password
		if (!AdminCredentials.isHash(password)) {
			throw new InvalidPropertyException(PASSWORD, "(not shown)", "is no bcrypt hash of a cost from 4 to 16",
					"Set '%s' to the bcrypt hash of the password, which begins with $2a$10$ or alike; 'htpasswd -nbB name password' makes one."
						.formatted(PASSWORD));
		}
		if (!bcrypt) {
			throw new InvalidPropertyException(PASSWORD, "(not shown)",
					"cannot be compared, as the library for bcrypt is not on the class path",
					"Add org.springframework.security:spring-security-crypto.");
		}
		return new AdminCredentials(username, password);
	}

	@Override
	public String toString() {
		return "AdminSettings[" + this.namespace + "]";
	}

}
