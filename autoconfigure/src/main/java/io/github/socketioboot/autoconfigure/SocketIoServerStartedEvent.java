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

import com.corundumstudio.socketio.SocketIOServer;

/**
 * The server takes connections.
 *
 * @since 0.1.0
 */
public class SocketIoServerStartedEvent extends SocketIoServerEvent {

	private static final long serialVersionUID = 1L;

	private final int port;

	/**
	 * Create an event.
	 * @param server the server
	 * @param port port on which it listens
	 */
	public SocketIoServerStartedEvent(SocketIOServer server, int port) {
		super(server);
		this.port = port;
	}

	/**
	 * Return the port on which the server listens.
	 * @return the port, never 0
	 */
	public int getPort() {
		return this.port;
	}

}
