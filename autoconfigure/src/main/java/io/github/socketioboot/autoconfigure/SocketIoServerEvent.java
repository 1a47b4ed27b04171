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

import org.springframework.context.ApplicationEvent;

/**
 * Something has happened to the server as a whole. Published by the context that started
 * it. Immutable.
 *
 * @since 0.1.0
 */
public abstract class SocketIoServerEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient SocketIOServer server;

	SocketIoServerEvent(SocketIOServer server) {
		super(server);
		this.server = server;
	}

	/**
	 * Return the server.
	 * @return the server
	 */
	public SocketIOServer getServer() {
		return this.server;
	}

}
