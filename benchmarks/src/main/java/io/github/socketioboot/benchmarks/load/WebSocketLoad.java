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

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;

/**
 * A load by a fixed number of clients over WebSocket that stay.
 */
abstract class WebSocketLoad extends Load implements WebSocketClient.Listener {

	private final List<WebSocketClient> clients = new ArrayList<>();

	private final ByteBuf request;

	private final int size;

	private int connecting;

	WebSocketLoad(TargetServer server, LoadClient client, int size) {
		super(server, client);
		this.request = WebSocketClient.request(server.port());
		this.size = size;
	}

	final List<WebSocketClient> clients() {
		return this.clients;
	}

	final int size() {
		return this.size;
	}

	@Override
	final void open() {
		await(this.size, (count) -> {
			while (this.connecting < Math.min(count, MAX_CONNECTING)) {
				connect();
			}
		});
	}

	private void connect() {
		this.connecting++;
		client().connect(server().port(), new WebSocketClient(this.request, this), this);
	}

	@Override
	public final void onJoined(WebSocketClient client) {
		this.clients.add(client);
		if (this.connecting < this.size) {
			connect();
		}
		completed();
	}

	@Override
	final void closeClients() {
		this.clients.forEach(WebSocketClient::drop);
	}

}
