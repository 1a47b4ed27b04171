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

import java.util.ArrayList;
import java.util.List;

import io.github.socketioboot.test.client.SocketIoTestClient;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;

/**
 * Clients of the server of a context that have not been closed. Thread-safe.
 */
class SocketIoTestClients implements DisposableBean {

	private final ApplicationContext context;

	private final List<SocketIoTestClient> clients = new ArrayList<>();

	SocketIoTestClients(ApplicationContext context) {
		this.context = context;
	}

	/**
	 * Create a client.
	 * @return the client, not connected
	 */
	SocketIoTestClient create() {
		SocketIoTestClient client = SocketIoTestClient.of(this.context);
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
