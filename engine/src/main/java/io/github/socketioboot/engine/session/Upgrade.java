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

package io.github.socketioboot.engine.session;

import io.github.socketioboot.engine.loop.LoopTimeout;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EnginePacketType;
import io.github.socketioboot.engine.protocol.EnginePackets;
import io.github.socketioboot.engine.transport.Transport;
import io.github.socketioboot.engine.transport.TransportListener;
import io.github.socketioboot.engine.transport.polling.PollingTransport;
import io.netty.buffer.ByteBuf;

/**
 * Change of a polling session to WebSocket: probe, release of the poll, switch. Until the
 * switch every packet leaves by polling, after it by WebSocket. Event loop only.
 */
final class Upgrade implements TransportListener {

	/**
	 * How often a pending poll is released while the client waits to switch, in
	 * milliseconds.
	 */
	private static final int RELEASE_INTERVAL_MILLIS = 100;

	private static final String PROBE = "probe";

	private static final EncodedPacket PROBE_ANSWER = EnginePackets.encode(EnginePacketType.PONG, PROBE);

	private final EngineSession session;

	private final PollingTransport polling;

	private final Transport candidate;

	private final LoopTimeout deadline = new Deadline();

	private final LoopTimeout release = new Release();

	private boolean ended;

	Upgrade(EngineSession session, PollingTransport polling, Transport candidate, long timeoutMillis) {
		this.session = session;
		this.polling = polling;
		this.candidate = candidate;
		candidate.listener(this);
		session.loop().arm(this.deadline, timeoutMillis);
	}

	/**
	 * Give up; polling goes on.
	 */
	void drop() {
		end();
		this.candidate.terminate();
	}

	@Override
	public void onPacket(Transport transport, EnginePacketType type, boolean binary, ByteBuf content) {
		if (this.ended) {
			return;
		}
		if (type == EnginePacketType.PING && isProbe(content)) {
			this.candidate.send(PROBE_ANSWER);
			if (!this.release.isArmed()) {
				this.session.loop().arm(this.release, RELEASE_INTERVAL_MILLIS);
			}
		}
		else if (type == EnginePacketType.UPGRADE) {
			end();
			this.session.upgradeCompleted(this.polling, this.candidate);
		}
		else {
			drop();
		}
	}

	private static boolean isProbe(ByteBuf content) {
		if (content.readableBytes() != PROBE.length()) {
			return false;
		}
		for (int i = 0; i < PROBE.length(); i++) {
			if (content.getByte(content.readerIndex() + i) != PROBE.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	@Override
	public void onParseError(Transport transport) {
		drop();
	}

	@Override
	public void onTransportError(Transport transport) {
		end();
	}

	@Override
	public void onTransportClose(Transport transport) {
		end();
	}

	private void end() {
		this.ended = true;
		this.deadline.disarm();
		this.release.disarm();
		this.session.upgradeEnded(this);
	}

	/**
	 * End of the time for the upgrade.
	 */
	private final class Deadline extends LoopTimeout {

		@Override
		protected void onTimeout() {
			drop();
		}

	}

	/**
	 * Repeated release of the pending poll.
	 */
	private final class Release extends LoopTimeout {

		@Override
		protected void onTimeout() {
			Upgrade.this.polling.releasePoll();
			Upgrade.this.session.loop().arm(this, RELEASE_INTERVAL_MILLIS);
		}

	}

}
