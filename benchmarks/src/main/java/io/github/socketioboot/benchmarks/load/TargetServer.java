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

package io.github.socketioboot.benchmarks.load;

/**
 * A server that a {@link Load} is put on.
 */
interface TargetServer {

	/**
	 * Returns the name that reports use.
	 * @return the name
	 */
	String label();

	/**
	 * Returns the port on the loopback interface.
	 * @return the port
	 */
	int port();

	/**
	 * Whether the server leaves a polling connection open after a response.
	 * @return {@code false} if each response ends its TCP connection
	 */
	boolean keepsPollingAlive();

	/**
	 * Has the server emit an event to all clients.
	 * @param payload the event's argument
	 * @param times how often
	 */
	void broadcast(String payload, int times);

}
