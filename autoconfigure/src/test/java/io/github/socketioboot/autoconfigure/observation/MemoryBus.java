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

package io.github.socketioboot.autoconfigure.observation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.socketioboot.cluster.ClusterTransport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Carries messages between the members of one process, as bytes, and keeps them.
 */
final class MemoryBus {

	private final Map<String, ClusterTransport.Listener> listeners = new ConcurrentHashMap<>();

	private final List<byte[]> messages = new CopyOnWriteArrayList<>();

	ClusterTransport join(String member) {
		return new Place(member);
	}

	List<byte[]> messages() {
		return this.messages;
	}

	/**
	 * Deliver a message.
	 * @param member id of the receiver
	 * @param message its bytes
	 */
	void deliver(String member, byte[] message) {
		ClusterTransport.Listener listener = this.listeners.get(member);
		if (listener != null) {
			listener.onMessage("hostile", Unpooled.wrappedBuffer(message));
		}
	}

	/**
	 * The bus as a member sees it.
	 */
	private final class Place implements ClusterTransport {

		private final String member;

		Place(String member) {
			this.member = member;
		}

		@Override
		public String memberId() {
			return this.member;
		}

		@Override
		public void publish(ByteBuf message) {
			MemoryBus.this.messages.add(ByteBufUtil.getBytes(message));
			MemoryBus.this.listeners.forEach((member, listener) -> {
				if (!member.equals(this.member)) {
					listener.onMessage(this.member, message);
				}
			});
			message.release();
		}

		@Override
		public void send(String memberId, ByteBuf message) {
			ClusterTransport.Listener listener = MemoryBus.this.listeners.get(memberId);
			if (listener != null) {
				listener.onMessage(this.member, message);
			}
			message.release();
		}

		@Override
		public void open(Listener listener) {
			MemoryBus.this.listeners.put(this.member, listener);
		}

		@Override
		public void close() {
			MemoryBus.this.listeners.remove(this.member);
		}

	}

}
