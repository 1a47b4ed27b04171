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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Each client sends an event and, when its echo has come, the next.
 */
final class EchoLoad extends WebSocketLoad {

	private final ByteBuf packet;

	private final ByteBuf frame;

	private long unsent;

	EchoLoad(TargetServer server, LoadClient client, int size, String payload) {
		super(server, client, size);
		String text = Scenario.echoPacket(payload);
		this.packet = ConstantBytes.of(text);
		this.frame = WebSocketFrames.text(text);
	}

	@Override
	long run(long times) {
		return await(times, (count) -> {
			this.unsent = count;
			for (WebSocketClient client : clients()) {
				send(client);
				client.flush();
			}
		});
	}

	private void send(WebSocketClient client) {
		if (this.unsent > 0) {
			this.unsent--;
			client.write(this.frame);
		}
	}

	@Override
	public void onEvent(WebSocketClient client, ByteBuf buffer, int start, int length) {
		if (length != this.packet.readableBytes() || !ByteBufUtil.equals(buffer, start, this.packet, 0, length)) {
			onFailure(new IllegalStateException("echo is not what was sent"));
			return;
		}
		send(client);
		completed();
	}

}
