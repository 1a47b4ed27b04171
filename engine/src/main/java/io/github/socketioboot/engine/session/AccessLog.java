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

package io.github.socketioboot.engine.session;

import java.net.InetAddress;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells at DEBUG who connects, is refused and disconnects, a line each, with the same
 * once more as pairs of keys and values for structured logs. Costs nothing unless the
 * logger is at DEBUG. Neither payloads nor ids of sessions are told, and of what clients
 * write themselves nothing. Thread-safe; refusals are told on event loops, which a slow
 * appender would hold up.
 *
 * @since 0.1.0
 */
public final class AccessLog {

	/**
	 * Name of the logger.
	 */
	public static final String LOGGER = "io.github.socketioboot.access";

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	private AccessLog() {
	}

	/**
	 * Return whether anything is told.
	 * @return {@code true} at DEBUG
	 */
	public static boolean isEnabled() {
		return logger.isDebugEnabled();
	}

	/**
	 * Tell that a socket has connected.
	 * @param session its session
	 * @param socket public id of the socket
	 * @param namespace name of the namespace
	 */
	public static void connected(Session session, String socket, String namespace) {
		String address = text(session.handshake().remoteAddress().getAddress());
		LoggingEventBuilder line = logger.atDebug()
			.addKeyValue("access.event", "connect")
			.addKeyValue("access.socket", socket)
			.addKeyValue("access.namespace", namespace)
			.addKeyValue("access.transport", session.transport().value())
			.addKeyValue("access.address", address);
		line.log("Connect: {} to {} from {} by {}", socket, namespace, address, session.transport().value());
	}

	/**
	 * Tell that a socket has disconnected.
	 * @param session its session
	 * @param socket public id of the socket
	 * @param namespace name of the namespace
	 * @param reason why
	 */
	public static void disconnected(Session session, String socket, String namespace, CloseReason reason) {
		String address = text(session.handshake().remoteAddress().getAddress());
		long millis = Math.max(0, System.currentTimeMillis() - session.handshake().issued());
		LoggingEventBuilder line = logger.atDebug()
			.addKeyValue("access.event", "disconnect")
			.addKeyValue("access.socket", socket)
			.addKeyValue("access.namespace", namespace)
			.addKeyValue("access.transport", session.transport().value())
			.addKeyValue("access.address", address)
			.addKeyValue("access.reason", reason.text())
			.addKeyValue("access.duration", millis);
		line.log("Disconnect: {} from {}, {} by {}, after {} ms: {}", socket, namespace, address,
				session.transport().value(), millis, reason.text());
	}

	/**
	 * Tell that something was refused.
	 * @param reason why
	 * @param address address of the client, or {@code null} if it is not known
	 */
	public static void refused(RefusalReason reason, @Nullable InetAddress address) {
		refused(reason, address, null);
	}

	/**
	 * Tell that a namespace was refused.
	 * @param reason why
	 * @param address address of the client, or {@code null} if it is not known
	 * @param namespace name of a namespace that is there, or {@code null}
	 */
	public static void refused(RefusalReason reason, @Nullable InetAddress address, @Nullable String namespace) {
		if (!isEnabled()) {
			return;
		}
		String why = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
		String from = text(address);
		LoggingEventBuilder line = logger.atDebug()
			.addKeyValue("access.event", "refuse")
			.addKeyValue("access.address", from)
			.addKeyValue("access.reason", why);
		if (namespace == null) {
			line.log("Refuse: {}, {}", from, why);
		}
		else {
			line.addKeyValue("access.namespace", namespace).log("Refuse: {} in {}, {}", from, namespace, why);
		}
	}

	private static String text(@Nullable InetAddress address) {
		return (address != null) ? address.getHostAddress() : "unknown";
	}

}
