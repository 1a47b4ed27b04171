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
import java.util.Set;

/**
 * Clients that do nothing but answer heartbeats.
 */
final class IdleLoad extends WebSocketLoad {

	private final Set<WebSocketClient> beaten = Collections.newSetFromMap(new IdentityHashMap<>());

	private boolean counting;

	IdleLoad(TargetServer server, LoadClient client, int size) {
		super(server, client, size);
	}

	/**
	 * Waits until every client has answered a heartbeat.
	 * @param times not used, as one heartbeat each is enough
	 * @return the number of clients
	 */
	@Override
	long run(long times) {
		return await(size(), (count) -> this.counting = true);
	}

	@Override
	public void onPing(WebSocketClient client) {
		if (this.counting && this.beaten.add(client)) {
			completed();
		}
	}

}
