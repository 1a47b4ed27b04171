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

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.transport.TransportName;
import org.jspecify.annotations.Nullable;

/**
 * Counters of a server. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EngineStatistics {

	private final LongAdder[] refused = adders(RefusalReason.values().length);

	private final LongAdder[] closed = adders(CloseReason.values().length);

	private final LongAdder[] sessions = adders(TransportName.values().length);

	private final LongAdder opened = new LongAdder();

	private volatile Collection<EngineLoop> loops = List.of();

	/**
	 * Count a refusal.
	 * @param reason why
	 */
	public void refuse(RefusalReason reason) {
		this.refused[reason.ordinal()].increment();
	}

	/**
	 * Count a refusal and tell it to the access log.
	 * @param reason why
	 * @param address address of the client, or {@code null} if it is not known
	 */
	public void refuse(RefusalReason reason, @Nullable InetAddress address) {
		refuse(reason);
		AccessLog.refused(reason, address);
	}

	/**
	 * Return how often something was refused.
	 * @param reason why
	 * @return the count since the start
	 */
	public long refused(RefusalReason reason) {
		return this.refused[reason.ordinal()].sum();
	}

	/**
	 * Return how many sessions ended for a reason.
	 * @param reason why
	 * @return the count since the start
	 */
	public long closed(CloseReason reason) {
		return this.closed[reason.ordinal()].sum();
	}

	/**
	 * Return how many sessions are open on a transport.
	 * @param transport the transport
	 * @return the number now
	 */
	public long sessions(TransportName transport) {
		return this.sessions[transport.ordinal()].sum();
	}

	/**
	 * Return how many sessions were opened.
	 * @return the count since the start
	 */
	public long opened() {
		return this.opened.sum();
	}

	/**
	 * Return how many bytes of packets were handed to transports.
	 * @return the count since the start
	 */
	public long outboundBytes() {
		return this.loops.stream().mapToLong(EngineLoop::bytesSent).sum();
	}

	/**
	 * Return how many packets were handed to transports.
	 * @return the count since the start
	 */
	public long packetsSent() {
		return this.loops.stream().mapToLong(EngineLoop::packetsSent).sum();
	}

	/**
	 * Return how many events clients have sent.
	 * @return the count since the start
	 */
	public long eventsReceived() {
		return this.loops.stream().mapToLong(EngineLoop::eventsReceived).sum();
	}

	/**
	 * Return how many Engine.IO messages clients have sent, attachments included.
	 * @return the count since the start
	 */
	public long messagesReceived() {
		return this.loops.stream().mapToLong(EngineLoop::messagesReceived).sum();
	}

	/**
	 * Return how many bytes these messages had, without their Engine.IO type.
	 * @return the count since the start
	 */
	public long messageBytesReceived() {
		return this.loops.stream().mapToLong(EngineLoop::messageBytesReceived).sum();
	}

	/**
	 * Return how many Engine.IO messages were handed to transports, attachments included.
	 * @return the count since the start
	 */
	public long messagesSent() {
		return this.loops.stream().mapToLong(EngineLoop::messagesSent).sum();
	}

	/**
	 * Return how many bytes these messages had, without their Engine.IO type.
	 * @return the count since the start
	 */
	public long messageBytesSent() {
		return this.loops.stream().mapToLong(EngineLoop::messageBytesSent).sum();
	}

	/**
	 * Say which loops count for this server.
	 * @param loops all loops of the server
	 */
	public void loops(Collection<EngineLoop> loops) {
		this.loops = List.copyOf(loops);
	}

	void opened(TransportName transport) {
		this.opened.increment();
		this.sessions[transport.ordinal()].increment();
	}

	void upgraded() {
		this.sessions[TransportName.POLLING.ordinal()].decrement();
		this.sessions[TransportName.WEBSOCKET.ordinal()].increment();
	}

	void ended(TransportName transport, CloseReason reason) {
		this.sessions[transport.ordinal()].decrement();
		this.closed[reason.ordinal()].increment();
	}

	private static LongAdder[] adders(int count) {
		LongAdder[] adders = new LongAdder[count];
		for (int i = 0; i < count; i++) {
			adders[i] = new LongAdder();
		}
		return adders;
	}

}
