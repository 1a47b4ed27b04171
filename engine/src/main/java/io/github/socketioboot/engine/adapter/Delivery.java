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

import java.util.ArrayList;
import java.util.List;

import io.github.socketioboot.engine.loop.MergeableTask;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a packet to the receivers on one loop, and with it those that were broadcast to
 * the same receivers right behind it: a burst then costs each receiver one write. Holds
 * its packets until it has run. Event loop only.
 */
final class Delivery implements MergeableTask {

	/**
	 * Most bytes of packets that go out as one.
	 */
	static final int MAX_BATCH_BYTES = 64 * 1024;

	/**
	 * How many sockets' memory is fetched at once.
	 */
	private static final int PRELOADED = 8;

	private static final Logger logger = LoggerFactory.getLogger(Delivery.class);

	private final Slice slice;

	private final Excluded excluded;

	private final EncodedPacket packet;

	private final boolean onlyIfWritable;

	private final Backlog backlog;

	private @Nullable List<EncodedPacket> batch;

	private int batchBytes;

	/**
	 * Never looked at, but for the reads that end here.
	 */
	@SuppressWarnings("unused")
	private int preloaded;

	/**
	 * Create a delivery.
	 * @param slice the receivers
	 * @param excluded which of them to leave out
	 * @param packet the packet; is retained
	 * @param onlyIfWritable whether receivers may miss it
	 * @param backlog where the delivery has been added
	 */
	Delivery(Slice slice, Excluded excluded, EncodedPacket packet, boolean onlyIfWritable, Backlog backlog) {
		this.slice = slice;
		this.excluded = excluded;
		this.packet = packet.retain();
		this.onlyIfWritable = onlyIfWritable;
		this.backlog = backlog;
	}

	@Override
	@SuppressWarnings("ReferenceEquality")
	public boolean absorb(Runnable next) {
		// Volatile packets are dropped one by one, so they stay single.
		if (!(next instanceof Delivery other) || other.slice != this.slice || other.excluded != this.excluded
				|| this.onlyIfWritable || other.onlyIfWritable) {
			return false;
		}
		if (this.batch == null) {
			this.batchBytes = this.packet.size();
		}
		if (this.batchBytes + other.packet.size() > MAX_BATCH_BYTES) {
			return false;
		}
		if (this.batch == null) {
			this.batch = new ArrayList<>();
			this.batch.add(this.packet);
		}
		this.batch.add(other.packet);
		this.batchBytes += other.packet.size();
		other.backlog.remove(other.packet.size());
		return true;
	}

	@Override
	public void run() {
		this.backlog.remove(this.packet.size());
		List<EncodedPacket> batch = this.batch;
		if (batch == null) {
			deliverAll(this.packet);
			return;
		}
		EncodedPacket joined = EncodedPacket.batch(batch);
		batch.forEach(EncodedPacket::release);
		deliverAll(joined);
	}

	private void deliverAll(EncodedPacket packet) {
		AdapterSocket[] members = this.slice.members();
		int size = this.slice.size();
		try {
			for (int i = 0; i < size; i++) {
				if (i % PRELOADED == 0) {
					preload(members, i, Math.min(i + PRELOADED, size));
				}
				AdapterSocket member = members[i];
				if (!this.excluded.contains(member)) {
					deliver(member, packet, this.onlyIfWritable);
				}
			}
		}
		finally {
			packet.release();
		}
	}

	private void preload(AdapterSocket[] members, int from, int to) {
		int read = 0;
		for (int i = from; i < to; i++) {
			read += members[i].preload();
		}
		this.preloaded = read;
	}

	static void deliver(AdapterSocket member, EncodedPacket packet, boolean onlyIfWritable) {
		try {
			member.deliver(packet, onlyIfWritable);
		}
		catch (RuntimeException ex) {
			logger.debug("A broadcast did not reach one of its receivers", ex);
		}
	}

	void drop() {
		this.backlog.remove(this.packet.size());
		this.packet.release();
	}

}
