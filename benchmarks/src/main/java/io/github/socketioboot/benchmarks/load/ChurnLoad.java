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

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.netty.buffer.ByteBuf;

/**
 * Clients come over WebSocket, join the main namespace and leave, a bounded number of
 * them at a time.
 */
final class ChurnLoad extends Load implements WebSocketClient.Listener {

	private final ByteBuf request;

	private final int size;

	private final Set<WebSocketClient> leaving = Collections.newSetFromMap(new IdentityHashMap<>());

	private long unopened;

	ChurnLoad(TargetServer server, LoadClient client, int size) {
		super(server, client);
		this.request = WebSocketClient.request(server.port());
		this.size = size;
	}

	@Override
	void open() {
		// no client stays
	}

	@Override
	long run(long times) {
		return await(times, (count) -> {
			this.unopened = count;
			for (int i = 0; i < this.size; i++) {
				connect();
			}
		});
	}

	private void connect() {
		if (this.unopened > 0 && !isClosing()) {
			this.unopened--;
			client().connect(server().port(), new WebSocketClient(this.request, this), this);
		}
	}

	@Override
	public void onJoined(WebSocketClient client) {
		this.leaving.add(client);
		client.leave();
	}

	@Override
	public void onClosed(WebSocketClient client) {
		if (!this.leaving.remove(client)) {
			onFailure(new IllegalStateException("connection closed before the client had joined"));
			return;
		}
		connect();
		completed();
	}

	@Override
	void closeClients() {
		List.copyOf(this.leaving).forEach(WebSocketClient::drop);
	}

}
