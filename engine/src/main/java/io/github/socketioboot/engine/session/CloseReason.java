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

/**
 * Why a session or a socket ended, in the words of the reference server. Immutable.
 *
 * @since 0.1.0
 */
public enum CloseReason {

	/**
	 * The transport failed: an aborted poll, a duplicate poll, a message that is too
	 * large.
	 */
	TRANSPORT_ERROR("transport error"),

	/**
	 * The client closed the transport or the connection was lost.
	 */
	TRANSPORT_CLOSE("transport close"),

	/**
	 * The server closed the session.
	 */
	FORCED_CLOSE("forced close"),

	/**
	 * The server closed a polling session that had no poll pending.
	 */
	FORCED_SERVER_CLOSE("forced server close"),

	/**
	 * The client missed the heartbeat.
	 */
	PING_TIMEOUT("ping timeout"),

	/**
	 * The client sent something that is no Engine.IO packet.
	 */
	PARSE_ERROR("parse error"),

	/**
	 * The client reads more slowly than the outgoing buffer allows.
	 */
	SLOW_CONSUMER("slow consumer"),

	/**
	 * The server drains or stops.
	 */
	SERVER_SHUTTING_DOWN("server shutting down"),

	/**
	 * The client left the namespace.
	 */
	CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),

	/**
	 * The server sent the client away from the namespace.
	 */
	SERVER_NAMESPACE_DISCONNECT("server namespace disconnect");

	private final String text;

	CloseReason(String text) {
		this.text = text;
	}

	/**
	 * Return the reason in the words of the reference server.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
