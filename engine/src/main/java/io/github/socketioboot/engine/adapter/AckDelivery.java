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

import java.util.List;
import java.util.function.Consumer;

import io.github.socketioboot.engine.loop.LoopTimeout;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import org.jspecify.annotations.Nullable;

/**
 * Writes a packet to the receivers on one loop, takes their acknowledgements and, when
 * the time is over, makes the sockets forget it. Holds the packet until it has run. Event
 * loop only.
 */
final class AckDelivery extends LoopTimeout implements Runnable, AckReceiver {

	private final Slice slice;

	private final EncodedPacket packet;

	private final long ackId;

	private final BroadcastOptions options;

	private final Consumer<@Nullable Object> ack;

	private final Backlog backlog;

	private int outstanding;

	AckDelivery(Slice slice, EncodedPacket packet, long ackId, BroadcastOptions options, Consumer<@Nullable Object> ack,
			Backlog backlog) {
		this.backlog = backlog;
		this.slice = slice;
		this.packet = packet.retain();
		this.ackId = ackId;
		this.options = options;
		this.ack = ack;
		this.outstanding = slice.size();
	}

	@Override
	public void run() {
		this.backlog.remove(this.packet.size());
		try {
			this.slice.loop().arm(this, this.options.timeoutMillis());
			for (int i = 0; i < this.slice.size(); i++) {
				AdapterSocket member = this.slice.members()[i];
				member.expectAck(this.ackId, this);
				Delivery.deliver(member, this.packet, this.options.onlyIfWritable());
			}
		}
		finally {
			this.packet.release();
		}
	}

	@Override
	public void onAck(List<@Nullable Object> args) {
		settle();
		this.ack.accept(args.isEmpty() ? null : args.get(0));
	}

	@Override
	public void onAbsent() {
		settle();
	}

	private void settle() {
		if (--this.outstanding == 0) {
			disarm();
		}
	}

	@Override
	protected void onTimeout() {
		for (int i = 0; i < this.slice.size(); i++) {
			this.slice.members()[i].forgetAck(this.ackId);
		}
	}

	void drop() {
		this.backlog.remove(this.packet.size());
		this.packet.release();
	}

}
