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

package io.github.socketioboot.cluster.primary;

import io.github.socketioboot.cluster.primary.PrimaryConfig.HttpAddress;
import org.jspecify.annotations.Nullable;

/**
 * The public ports of a host before they are listened on. Not thread-safe.
 */
final class Reservations {

	private final ReservedPort socketIo;

	private final @Nullable ReservedPort http;

	private final @Nullable ReservedPort management;

	private Reservations(ReservedPort socketIo, @Nullable ReservedPort http, @Nullable ReservedPort management) {
		this.socketIo = socketIo;
		this.http = http;
		this.management = management;
	}

	/**
	 * Reserve all ports, or none.
	 * @param config settings
	 * @param held whether sockets can be held
	 * @return the ports
	 * @throws PortUnavailableException if one cannot be had
	 */
	static Reservations reserve(PrimaryConfig config, boolean held) {
		ReservedPort socketIo = ReservedPort.reserve(config.socketIo(), held);
		ReservedPort http = null;
		try {
			http = reserve(config.http(), held);
			return new Reservations(socketIo, http, reserve(config.management(), held));
		}
		catch (PortUnavailableException ex) {
			socketIo.close();
			close(http);
			throw ex;
		}
	}

	private static @Nullable ReservedPort reserve(@Nullable HttpAddress http, boolean held) {
		return (http != null) ? ReservedPort.reserve(http.address(), held) : null;
	}

	ReservedPort socketIo() {
		return this.socketIo;
	}

	@Nullable ReservedPort http() {
		return this.http;
	}

	@Nullable ReservedPort management() {
		return this.management;
	}

	/**
	 * Give all up that are not listened on.
	 */
	void close() {
		this.socketIo.close();
		close(this.http);
		close(this.management);
	}

	private static void close(@Nullable ReservedPort port) {
		if (port != null) {
			port.close();
		}
	}

}
