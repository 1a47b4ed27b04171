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

package io.github.socketioboot.engine.namespace;

import java.util.List;

import io.github.socketioboot.engine.adapter.AckReceiver;
import io.github.socketioboot.engine.loop.LoopTimeout;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import org.jspecify.annotations.Nullable;

/**
 * An event that asks for an acknowledgement: on its way to the loop of its socket first,
 * then waiting for the answer. Owns the packet until it has run. Event loop only.
 */
final class PendingAck extends LoopTimeout implements Runnable, AckReceiver {

	private final Socket socket;

	private final long id;

	private final AckListener listener;

	private final long timeoutMillis;

	private @Nullable EncodedPacket packet;

	PendingAck(Socket socket, long id, AckListener listener, long timeoutMillis, EncodedPacket packet) {
		this.socket = socket;
		this.id = id;
		this.listener = listener;
		this.timeoutMillis = timeoutMillis;
		this.packet = packet;
	}

	@Override
	public void run() {
		EncodedPacket packet = this.packet;
		if (packet == null) {
			return;
		}
		this.packet = null;
		this.socket.arrived(packet.size());
		try {
			if (this.socket.isClosed()) {
				fail(AckFailure.DISCONNECTED);
			}
			else if (this.socket.pendingAcks() >= Socket.MAX_PENDING_ACKS) {
				fail(AckFailure.TOO_MANY);
			}
			else {
				this.socket.expectAck(this.id, this);
				if (this.timeoutMillis > 0) {
					this.socket.loop().arm(this, this.timeoutMillis);
				}
				this.socket.deliver(packet, false);
			}
		}
		finally {
			packet.release();
		}
	}

	@Override
	public void onAck(List<@Nullable Object> args) {
		disarm();
		this.socket.queue(new HandlerTask.Answer(this.listener, args, null));
	}

	@Override
	public void onAbsent() {
		disarm();
		fail(AckFailure.DISCONNECTED);
	}

	@Override
	protected void onTimeout() {
		this.socket.forgetAck(this.id);
		fail(AckFailure.TIMEOUT);
	}

	private void fail(AckFailure failure) {
		this.socket.queue(new HandlerTask.Answer(this.listener, List.of(), failure));
	}

}
