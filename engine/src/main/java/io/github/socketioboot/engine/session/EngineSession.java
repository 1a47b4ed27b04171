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

import java.util.Map;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.loop.LoopTimeout;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EnginePacketType;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.transport.Transport;
import io.github.socketioboot.engine.transport.TransportListener;
import io.github.socketioboot.engine.transport.TransportName;
import io.github.socketioboot.engine.transport.polling.PollExchange;
import io.github.socketioboot.engine.transport.polling.PollingTransport;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Session of the registry: heartbeat, upgrade and end of what one client has opened.
 * Event loop only, except where {@link Session} says otherwise.
 * <p>
 * One class although long: every event of a session asks for its state.
 */
final class EngineSession extends Session implements TransportListener {

	/**
	 * How long a drain waits for a client's next poll, in milliseconds.
	 */
	private static final long DRAIN_POLL_MILLIS = 3_000;

	private final SessionRegistry registry;

	private final String id;

	private final EngineLoop loop;

	private final Handshake handshake;

	private final Map<String, Object> attributes;

	private final Heartbeat heartbeat = new Heartbeat();

	private volatile Transport transport;

	private volatile State state = State.OPEN;

	private CloseReason closeReason = CloseReason.FORCED_CLOSE;

	private @Nullable SessionListener listener;

	private @Nullable Upgrade upgrade;

	private boolean paused;

	EngineSession(SessionRegistry registry, String id, EngineLoop loop, Handshake handshake,
			Map<String, Object> attributes, Transport transport) {
		this.registry = registry;
		this.id = id;
		this.loop = loop;
		this.handshake = handshake;
		this.attributes = attributes;
		this.transport = transport;
	}

	/**
	 * Send the handshake and start the heartbeat.
	 */
	void open() {
		this.transport.listener(this);
		EncodedPacket open = this.registry.openPacket(this.id, this.transport.name());
		this.transport.send(open);
		open.release();
		this.heartbeat.start();
		this.listener = this.registry.accept(this);
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
	public Handshake handshake() {
		return this.handshake;
	}

	@Override
	public EngineVersion version() {
		return this.handshake.version();
	}

	@Override
	public Map<String, Object> attributes() {
		return this.attributes;
	}

	@Override
	public TransportName transport() {
		return this.transport.name();
	}

	@Override
	public boolean isOpen() {
		return this.state == State.OPEN;
	}

	@Override
	public boolean isWritable() {
		return isOpen() && this.transport.isWritable();
	}

	@Override
	public long maxOutboundBuffer() {
		return this.registry.config().maxOutboundBuffer();
	}

	@Override
	public void send(EncodedPacket packet) {
		this.loop.assertInLoop();
		if (this.state != State.OPEN) {
			return;
		}
		Transport transport = this.transport;
		// A transport that can write holds little: only one that cannot is looked into.
		if (!transport.isWritable()
				&& transport.pendingBytes() + packet.size() > this.registry.config().maxOutboundBuffer()) {
			end(CloseReason.SLOW_CONSUMER);
			return;
		}
		transport.send(packet);
		this.loop.countSent(Math.max(1, packet.parts().size()), packet.size());
		this.loop.countMessagesSent(packet.messages(), packet.messageBytes());
	}

	@Override
	public int preload() {
		return this.transport.preload();
	}

	@Override
	public void close(CloseReason reason) {
		this.loop.assertInLoop();
		if (this.state != State.OPEN) {
			return;
		}
		this.state = State.CLOSING;
		this.closeReason = reason;
		this.heartbeat.disarm();
		dropUpgrade();
		this.transport.close();
	}

	/**
	 * Close after a while, and after the layer above has done what it has begun.
	 * @param delayMillis delay in milliseconds
	 */
	void closeAfter(long delayMillis) {
		after(delayMillis, this::drain);
	}

	private void drain() {
		SessionListener listener = this.listener;
		if (this.state == State.OPEN && listener != null) {
			pauseReading();
			listener.onDrain(this::closeForDrain);
		}
	}

	private void closeForDrain() {
		close(CloseReason.SERVER_SHUTTING_DOWN);
		if (this.state != State.CLOSED) {
			// A client that still polls does so at once; others must not hold up the
			// stop.
			after(DRAIN_POLL_MILLIS, this::shutDown);
		}
	}

	private void after(long delayMillis, Runnable action) {
		this.loop.arm(new LoopTimeout() {

			@Override
			protected void onTimeout() {
				action.run();
			}

		}, delayMillis);
	}

	/**
	 * End at once, as the server stops.
	 */
	void shutDown() {
		end(CloseReason.SERVER_SHUTTING_DOWN);
	}

	@Override
	public void pauseReading() {
		this.loop.assertInLoop();
		this.paused = true;
		this.transport.pauseReading();
	}

	@Override
	public void resumeReading() {
		this.loop.assertInLoop();
		this.paused = false;
		if (this.state == State.OPEN) {
			this.transport.resumeReading();
		}
	}

	// Polling requests. They come by way of the loop, so the transport may have changed.

	@Nullable PollingTransport polling(PollExchange exchange) {
		if (this.transport instanceof PollingTransport polling && this.state != State.CLOSED) {
			return polling;
		}
		exchange.respondBadRequest();
		return null;
	}

	void onAbort(PollExchange exchange) {
		if (this.transport instanceof PollingTransport polling) {
			polling.onAbort(exchange);
		}
	}

	// Upgrade.

	/**
	 * Take a WebSocket that a client opened for this session.
	 * @param candidate the transport
	 */
	void probe(Transport candidate) {
		this.loop.assertInLoop();
		if (!candidate.isOpen()) {
			return;
		}
		if (this.state != State.OPEN || this.upgrade != null || !(this.transport instanceof PollingTransport polling)) {
			candidate.terminate();
			return;
		}
		this.upgrade = new Upgrade(this, polling, candidate, this.registry.config().upgradeTimeout().toMillis());
	}

	void upgradeEnded(Upgrade ended) {
		if (this.upgrade == ended) {
			this.upgrade = null;
		}
	}

	void upgradeCompleted(PollingTransport polling, Transport candidate) {
		this.upgrade = null;
		this.transport = candidate;
		candidate.listener(this);
		if (this.paused) {
			candidate.pauseReading();
		}
		polling.moveTo(candidate);
		this.heartbeat.start();
		this.registry.statistics().upgraded();
		if (this.listener != null) {
			this.listener.onUpgrade();
		}
	}

	private void dropUpgrade() {
		Upgrade dropped = this.upgrade;
		if (dropped != null) {
			this.upgrade = null;
			dropped.drop();
		}
	}

	// What transports receive.

	@Override
	public void onPacket(Transport source, EnginePacketType type, boolean binary, ByteBuf content) {
		if (source != this.transport || this.state != State.OPEN || this.listener == null) {
			return;
		}
		switch (type) {
			case MESSAGE -> {
				this.loop.countMessage(content.readableBytes());
				if (binary) {
					this.listener.onBinary(content);
				}
				else {
					this.listener.onText(content);
				}
			}
			case PING -> onPing();
			case PONG -> onPong();
			default -> {
				// Without effect on a session that is open, as in the reference server.
			}
		}
	}

	private void onPing() {
		if (version() == EngineVersion.V4) {
			end(CloseReason.TRANSPORT_ERROR);
			return;
		}
		this.heartbeat.start();
		this.transport.send(SessionRegistry.PONG);
		notifyHeartbeat();
	}

	private void onPong() {
		if (version() == EngineVersion.V3) {
			end(CloseReason.TRANSPORT_ERROR);
			return;
		}
		this.heartbeat.start();
		notifyHeartbeat();
	}

	private void notifyHeartbeat() {
		if (this.listener != null) {
			this.listener.onHeartbeat();
		}
	}

	@Override
	public void onParseError(Transport source) {
		if (source == this.transport) {
			end(CloseReason.PARSE_ERROR);
		}
	}

	@Override
	public void onTransportError(Transport source) {
		if (source == this.transport) {
			end(CloseReason.TRANSPORT_ERROR);
		}
	}

	@Override
	public void onTransportClose(Transport source) {
		if (source == this.transport) {
			end((this.state == State.CLOSING) ? this.closeReason : CloseReason.TRANSPORT_CLOSE);
		}
	}

	private void end(CloseReason reason) {
		if (this.state == State.CLOSED) {
			return;
		}
		this.state = State.CLOSED;
		this.heartbeat.disarm();
		dropUpgrade();
		this.transport.terminate();
		this.registry.ended(this, reason);
		SessionListener listener = this.listener;
		try {
			if (listener != null) {
				listener.onClose(reason);
			}
		}
		finally {
			this.registry.told();
		}
	}

	private enum State {

		OPEN, CLOSING, CLOSED

	}

	/**
	 * Version 4: the server asks and expects an answer in time. Version 3: the client
	 * asks.
	 */
	private final class Heartbeat extends LoopTimeout {

		private boolean waiting;

		void start() {
			this.waiting = version() == EngineVersion.V3;
			SessionConfig config = EngineSession.this.registry.config();
			long delay = config.pingInterval().toMillis();
			if (this.waiting) {
				delay += config.pingTimeout().toMillis();
			}
			EngineSession.this.loop.arm(this, delay);
		}

		@Override
		protected void onTimeout() {
			SessionConfig config = EngineSession.this.registry.config();
			if (!this.waiting) {
				this.waiting = true;
				EngineSession.this.transport.send(SessionRegistry.PING);
				EngineSession.this.loop.arm(this, config.pingTimeout().toMillis());
			}
			else if (EngineSession.this.paused) {
				// The answer may lie unread because handlers are behind.
				EngineSession.this.loop.arm(this, config.pingTimeout().toMillis());
			}
			else {
				end(CloseReason.PING_TIMEOUT);
			}
		}

	}

}
