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

package io.github.socketioboot.benchmarks.jmh;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.Handshake;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.transport.TransportName;
import io.netty.handler.codec.http.EmptyHttpHeaders;

/**
 * Session that counts what is sent to it, for all sessions of its loop together.
 */
final class SinkSession extends Session {

	private static final Map<EngineLoop, AtomicLong> DELIVERED = new ConcurrentHashMap<>();

	private static final Handshake HANDSHAKE = new Handshake("/socket.io/?EIO=4&transport=websocket",
			EmptyHttpHeaders.INSTANCE, new InetSocketAddress(0), new InetSocketAddress(0), EngineVersion.V4, false, 0);

	private final EngineLoop loop;

	private final AtomicLong delivered;

	SinkSession(EngineLoop loop) {
		this.loop = loop;
		this.delivered = DELIVERED.computeIfAbsent(loop, (key) -> new AtomicLong());
	}

	long deliveredOnLoop() {
		return this.delivered.get();
	}

	@Override
	public String id() {
		return "sink";
	}

	@Override
	public EngineLoop loop() {
		return this.loop;
	}

	@Override
	public Handshake handshake() {
		return HANDSHAKE;
	}

	@Override
	public EngineVersion version() {
		return EngineVersion.V4;
	}

	@Override
	public Map<String, Object> attributes() {
		return Map.of();
	}

	@Override
	public TransportName transport() {
		return TransportName.WEBSOCKET;
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public void send(EncodedPacket packet) {
		int packets = Math.max(1, packet.parts().size());
		this.delivered.lazySet(this.delivered.get() + packets);
	}

	@Override
	public void close(CloseReason reason) {
		// Stays open.
	}

	@Override
	public void pauseReading() {
		// Reads nothing.
	}

	@Override
	public void resumeReading() {
		// Reads nothing.
	}

}
