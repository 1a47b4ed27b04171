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

import java.util.concurrent.CompletableFuture;

import io.github.socketioboot.benchmarks.peer.PeerProcess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * The server emits one or several events to all clients, and again when all of them have
 * come to all clients.
 */
final class BroadcastLoad extends WebSocketLoad {

	private final ByteBuf packet;

	private final String payload;

	private final int messages;

	BroadcastLoad(TargetServer server, LoadClient client, int size, int messages, String payload) {
		super(server, client, size);
		this.messages = messages;
		this.payload = payload;
		this.packet = ConstantBytes.of("42[\"" + PeerProcess.BROADCAST_EVENT + "\",\"" + payload + "\"]");
	}

	@Override
	long run(long times) {
		long deliveries = 0;
		for (long i = 0; i < times; i++) {
			CompletableFuture<Void> armed = new CompletableFuture<>();
			CompletableFuture<Long> received = expect((long) size() * this.messages, (count) -> armed.complete(null));
			// counting starts before the server does
			armed.join();
			server().broadcast(this.payload, this.messages);
			deliveries += await(received);
		}
		return deliveries;
	}

	@Override
	public void onEvent(WebSocketClient client, ByteBuf buffer, int start, int length) {
		if (length != this.packet.readableBytes() || !ByteBufUtil.equals(buffer, start, this.packet, 0, length)) {
			onFailure(new IllegalStateException("event is not what was broadcast"));
			return;
		}
		completed();
	}

}
