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

import io.github.socketioboot.engine.protocol.EncodedPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a packet to the receivers on one loop. Holds the packet until it has run. Event
 * loop only.
 */
final class Delivery implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Delivery.class);

	private final Slice slice;

	private final Excluded excluded;

	private final EncodedPacket packet;

	private final boolean onlyIfWritable;

	Delivery(Slice slice, Excluded excluded, EncodedPacket packet, boolean onlyIfWritable) {
		this.slice = slice;
		this.excluded = excluded;
		this.packet = packet.retain();
		this.onlyIfWritable = onlyIfWritable;
	}

	@Override
	public void run() {
		AdapterSocket[] members = this.slice.members();
		int size = this.slice.size();
		try {
			for (int i = 0; i < size; i++) {
				AdapterSocket member = members[i];
				if (!this.excluded.contains(member)) {
					deliver(member);
				}
			}
		}
		finally {
			this.packet.release();
		}
	}

	private void deliver(AdapterSocket member) {
		try {
			member.deliver(this.packet, this.onlyIfWritable);
		}
		catch (RuntimeException ex) {
			logger.debug("A broadcast did not reach one of its receivers", ex);
		}
	}

	void drop() {
		this.packet.release();
	}

}
