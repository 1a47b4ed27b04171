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

package io.github.socketioboot.engine.adapter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.socketioboot.engine.adapter.SocketDetails.HandshakeDetails;
import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Socket that remembers what is delivered.
 */
public final class FakeSocket extends AdapterSocket {

	public final List<String> received = new CopyOnWriteArrayList<>();

	public final List<byte[]> attachments = new CopyOnWriteArrayList<>();

	public final List<Boolean> disconnects = new CopyOnWriteArrayList<>();

	public final Map<Long, AckReceiver> acks = new ConcurrentHashMap<>();

	public final AtomicInteger overflows = new AtomicInteger();

	/**
	 * Description of the socket, as far as a test sets it.
	 */
	public volatile @Nullable SocketDetails details;

	public volatile boolean writable = true;

	public volatile @Nullable RuntimeException failure;

	private final String id;

	private final EngineLoop loop;

	public FakeSocket(String id, EngineLoop loop) {
		this.id = id;
		this.loop = loop;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public EngineLoop loop() {
		return this.loop;
	}

	@Override
	public void deliver(EncodedPacket packet, boolean onlyIfWritable) {
		this.loop.assertInLoop();
		if (this.failure != null) {
			throw this.failure;
		}
		if (onlyIfWritable && !this.writable) {
			return;
		}
		if (!packet.parts().isEmpty()) {
			packet.parts().forEach(this::receive);
		}
		else {
			receive(packet);
		}
	}

	private void receive(EncodedPacket packet) {
		ByteBuf text = packet.text();
		for (int i = 0; i < packet.attachments(); i++) {
			this.attachments.add(packet.attachment(i));
		}
		this.received.add(text.toString(StandardCharsets.UTF_8));
		text.release();
	}

	@Override
	public void expectAck(long id, AckReceiver receiver) {
		this.loop.assertInLoop();
		this.acks.put(id, receiver);
	}

	@Override
	public void forgetAck(long id) {
		this.loop.assertInLoop();
		this.acks.remove(id);
	}

	public void acknowledge(long id, Object... args) {
		this.loop.execute(() -> {
			AckReceiver receiver = this.acks.remove(id);
			if (receiver != null) {
				receiver.onAck(List.of(args));
			}
		});
	}

	@Override
	public void overflow() {
		this.overflows.incrementAndGet();
	}

	@Override
	public void disconnect(boolean close) {
		this.disconnects.add(close);
	}

	@Override
	public SocketDetails details() {
		SocketDetails details = this.details;
		if (details != null) {
			return details;
		}
		HandshakeDetails handshake = new HandshakeDetails(Map.of(), "127.0.0.1", false, false, 0, "/", Map.of(), null);
		return new SocketDetails(this.id, handshake, rooms(), null);
	}

	void forgetRooms() {
		clearRooms();
	}

	@Override
	public String toString() {
		return this.id;
	}

}
