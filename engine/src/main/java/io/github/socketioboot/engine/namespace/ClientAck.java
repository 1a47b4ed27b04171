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
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.SocketPacketType;

/**
 * The answer that a client awaits. Thread-safe.
 */
final class ClientAck implements Ack {

	private static final AtomicIntegerFieldUpdater<ClientAck> SENT = AtomicIntegerFieldUpdater
		.newUpdater(ClientAck.class, "sent");

	private static final AtomicIntegerFieldUpdater<ClientAck> SETTLED = AtomicIntegerFieldUpdater
		.newUpdater(ClientAck.class, "settled");

	private final Socket socket;

	private final long id;

	private volatile int sent;

	/**
	 * Whether the socket counts this no longer. Only ever read by its updater.
	 */
	@SuppressWarnings("UnusedVariable")
	private volatile int settled;

	ClientAck(Socket socket, long id) {
		this.socket = socket;
		this.id = id;
	}

	@Override
	public void send(List<?> args) {
		if (isSent()) {
			return;
		}
		Namespace namespace = this.socket.namespace();
		EncodedPacket packet = namespace.encoder().encode(SocketPacketType.ACK, namespace.name(), this.id, args);
		if (SENT.compareAndSet(this, 0, 1)) {
			this.socket.hand(packet);
			settle();
		}
		else {
			packet.release();
		}
	}

	@Override
	public void abandon() {
		settle();
	}

	private void settle() {
		if (SETTLED.compareAndSet(this, 0, 1)) {
			this.socket.clientAckSettled();
		}
	}

	@Override
	public boolean isSent() {
		return this.sent != 0;
	}

}
