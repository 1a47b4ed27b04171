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

package io.github.socketioboot.test;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.github.socketioboot.test.client.SocketIoTestClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;

/**
 * Clients of the server of a context that have not been closed. Thread-safe.
 */
class SocketIoTestClients implements DisposableBean {

	private final Environment environment;

	private final JsonMapper mapper;

	private final List<SocketIoTestClient> clients = new ArrayList<>();

	SocketIoTestClients(Environment environment, JsonMapper mapper) {
		this.environment = environment;
		this.mapper = mapper;
	}

	/**
	 * Create a client.
	 * @return the client, not connected
	 */
	SocketIoTestClient create() {
		String port = this.environment.getProperty("local.socketio.port");
		Assert.state(port != null, "There is no Socket.IO server: 'local.socketio.port' is not set");
		SocketIoTestClient client = SocketIoTestClient.of(URI.create("http://127.0.0.1:" + port), this.mapper)
			.path(this.environment.getProperty("socketio.path", "/socket.io"));
		synchronized (this.clients) {
			this.clients.add(client);
		}
		return client;
	}

	/**
	 * Close the clients that were created.
	 */
	void close() {
		List<SocketIoTestClient> created;
		synchronized (this.clients) {
			created = List.copyOf(this.clients);
			this.clients.clear();
		}
		created.forEach(SocketIoTestClient::close);
	}

	@Override
	public void destroy() {
		close();
	}

}
