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

package io.github.socketioboot.benchmarks.peer;

/**
 * A running server of a load run. Every peer echoes the event {@code echo} with its one
 * text argument to the client that sent it. Methods may be called from any thread except
 * an event loop. A peer ends with its process.
 *
 * @since 0.1.0
 */
public interface Peer {

	/**
	 * Returns the TCP port on the loopback interface that the peer listens on.
	 * @return a port, 1 to 65535
	 */
	int port();

	/**
	 * Emits one event to all clients of the main namespace, several times in a row.
	 * @param event the event's name, free of characters that JSON escapes
	 * @param payload its one text argument, free of characters that JSON escapes
	 * @param times how often to emit it, at least 1
	 */
	void broadcast(String event, String payload, int times);

}
