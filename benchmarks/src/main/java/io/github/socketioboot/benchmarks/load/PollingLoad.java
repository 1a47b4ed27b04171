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

/**
 * Each client posts an event, polls for its echo, and begins again.
 */
final class PollingLoad extends Load implements PollingClient.Listener {

	private final List<PollingClient> clients = new ArrayList<>();

	private final List<PollingClient> joined = new ArrayList<>();

	private final int size;

	private final String packet;

	private long unsent;

	PollingLoad(TargetServer server, LoadClient client, int size, String payload) {
		super(server, client);
		this.size = size;
		this.packet = Scenario.echoPacket(payload);
	}

	@Override
	void open() {
		await(this.size, (count) -> {
			while (this.clients.size() < Math.min(count, MAX_CONNECTING)) {
				openClient();
			}
		});
	}

	private void openClient() {
		PollingClient client = new PollingClient(client(), server().port(), server().keepsPollingAlive(), this);
		this.clients.add(client);
		client.open(this.packet);
	}

	@Override
	public void onJoined(PollingClient client) {
		this.joined.add(client);
		if (this.clients.size() < this.size) {
			openClient();
		}
		completed();
	}

	@Override
	long run(long times) {
		return await(times, (count) -> {
			this.unsent = count;
			this.joined.forEach(this::send);
		});
	}

	private void send(PollingClient client) {
		if (this.unsent > 0) {
			this.unsent--;
			client.echo();
		}
	}

	@Override
	public void onEcho(PollingClient client) {
		send(client);
		completed();
	}

	@Override
	void closeClients() {
		this.clients.forEach(PollingClient::close);
	}

}
