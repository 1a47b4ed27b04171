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

package io.github.socketioboot.benchmarks.peer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A client of the floor over HTTP long-polling.
 */
final class FloorPollingSession extends FloorSession {

	private static final int MAX_PENDING = 10_000;

	private final String sid;

	private final FloorHttpHandler http;

	private final Queue<ByteBuf> pending = new ArrayDeque<>();

	private int pendingBytes;

	private @Nullable Channel poll;

	FloorPollingSession(FloorLoop loop, String sid, FloorHttpHandler http) {
		super(loop);
		this.sid = sid;
		this.http = http;
	}

	String sid() {
		return this.sid;
	}

	/**
	 * Answers a poll now, or keeps it until there is something to say.
	 * @param channel the connection of the request
	 */
	void onGet(Channel channel) {
		if (this.poll != null) {
			FloorHttpHandler.refuse(channel);
			close();
			return;
		}
		this.poll = channel;
		flush();
	}

	/**
	 * Takes the packets of a request's body, then confirms it.
	 * @param channel the connection of the request
	 * @param body the body, which the session does not consume
	 */
	void onPost(Channel channel, ByteBuf body) {
		boolean legal = body.isReadable() && FloorPackets.isText(body);
		while (legal && body.isReadable()) {
			int length = body.bytesBefore((byte) FloorPackets.SEPARATOR);
			legal = onPacket(body.readSlice((length < 0) ? body.readableBytes() : length));
			if (length >= 0) {
				body.skipBytes(1);
			}
		}
		FloorHttpHandler.respondOk(channel);
		flush();
		if (!legal) {
			close();
		}
	}

	private boolean onPacket(ByteBuf packet) {
		switch (FloorPackets.kindOf(packet)) {
			case CONNECT -> {
				join();
				enqueue(FloorPackets.connected());
			}
			case ECHO -> {
				if (!isJoined()) {
					return false;
				}
				enqueue(packet.copy());
			}
			case DISCONNECT -> leave();
			case PONG -> pong();
			case CLOSE, ILLEGAL -> {
				return false;
			}
		}
		return true;
	}

	@Override
	void ping() {
		enqueue(FloorPackets.PING);
		flush();
	}

	@Override
	void write(FloorMessage message) {
		enqueue(message.retainedPacket());
	}

	private void enqueue(String packet) {
		enqueue(Unpooled.copiedBuffer(packet, StandardCharsets.US_ASCII));
	}

	private void enqueue(ByteBuf packet) {
		if (this.pending.size() == MAX_PENDING) {
			packet.release();
			close();
			return;
		}
		this.pendingBytes += packet.readableBytes() + 1;
		this.pending.add(packet);
	}

	@Override
	void flush() {
		Channel channel = this.poll;
		if (channel == null || this.pending.isEmpty()) {
			return;
		}
		this.poll = null;
		ByteBuf body = channel.alloc().buffer(this.pendingBytes);
		for (ByteBuf packet = this.pending.poll(); packet != null; packet = this.pending.poll()) {
			if (body.isReadable()) {
				body.writeByte(FloorPackets.SEPARATOR);
			}
			body.writeBytes(packet);
			packet.release();
		}
		this.pendingBytes = 0;
		FloorHttpHandler.respondPoll(channel, body);
	}

	void onDropped(Channel channel) {
		if (channel == this.poll) {
			this.poll = null;
			close();
		}
	}

	@Override
	void close() {
		loop().remove(this);
		this.http.forget(this);
		leave();
		Channel channel = this.poll;
		if (channel != null) {
			this.poll = null;
			FloorHttpHandler.respondPoll(channel, Unpooled.copiedBuffer("1", StandardCharsets.US_ASCII));
		}
		this.pending.forEach(ByteBuf::release);
		this.pending.clear();
	}

}
