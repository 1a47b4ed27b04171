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

package io.github.socketioboot.autoconfigure;

import com.corundumstudio.socketio.SocketIOClient;

/**
 * Learns what handlers throw, in place of the server's log. A bean of this type replaces
 * the default, which logs. Called on the handler's thread. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SocketIoExceptionHandler {

	/**
	 * A handler has failed. The client stays connected, except when authentication
	 * failed.
	 * @param exception what the handler threw; for a payload of the wrong type what the
	 * conversion said
	 * @param client the client that was served
	 * @param source what the handler was called for
	 */
	void handle(Exception exception, SocketIOClient client, Source source);

	/**
	 * What a handler was called for.
	 */
	enum Source {

		/**
		 * An authenticator.
		 */
		AUTHENTICATION,

		/**
		 * A client that has connected.
		 */
		CONNECT,

		/**
		 * An event.
		 */
		EVENT,

		/**
		 * A heartbeat.
		 */
		HEARTBEAT,

		/**
		 * A client that has left.
		 */
		DISCONNECT

	}

}
