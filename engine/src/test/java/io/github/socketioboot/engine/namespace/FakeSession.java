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

package io.github.socketioboot.engine.namespace;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.Handshake;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionAcceptor;
import io.github.socketioboot.engine.session.SessionListener;
import io.github.socketioboot.engine.transport.TransportName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Session without a transport: remembers what is sent, and receives what a test says.
 */
final class FakeSession extends Session {

	final List<String> sent = new CopyOnWriteArrayList<>();

	final List<byte[]> sentAttachments = new CopyOnWriteArrayList<>();

	final List<CloseReason> closes = new CopyOnWriteArrayList<>();

	volatile boolean writable = true;

	volatile boolean open = true;

	volatile boolean paused;

	volatile int pauses;

	volatile long maxOutboundBuffer = 1 << 20;

	volatile TransportName transport = TransportName.WEBSOCKET;

	/**
	 * Whether the end is reported when a test says so rather than at the close.
	 */
	volatile boolean endsLater;

	private final EngineLoop loop;

	private final Handshake handshake;

	private @Nullable SessionListener listener;

	FakeSession(EngineLoop loop, EngineVersion version) {
		this.loop = loop;
		this.handshake = new Handshake("/socket.io/?EIO=4&transport=websocket&color=red",
				new DefaultHttpHeaders().add("X-Test", "yes").add("Origin", "https://example.org"),
				new InetSocketAddress("127.0.0.1", 4711), new InetSocketAddress("127.0.0.1", 9092), version, false, 42);
	}

	FakeSession start(SessionAcceptor acceptor) {
		onLoop(() -> this.listener = acceptor.accept(this));
		return this;
	}

	/**
	 * Receive messages in one turn of the loop.
	 * @param messages Socket.IO packets
	 */
	void receive(String... messages) {
		onLoop(() -> {
			for (String message : messages) {
				ByteBuf buffer = Unpooled.copiedBuffer(message, StandardCharsets.UTF_8);
				listener().onText(buffer);
				buffer.release();
			}
		});
	}

	void receiveBinary(byte[] data) {
		onLoop(() -> {
			ByteBuf buffer = Unpooled.wrappedBuffer(data);
			listener().onBinary(buffer);
			buffer.release();
		});
	}

	void heartbeat() {
		onLoop(() -> listener().onHeartbeat());
	}

	void drain(Runnable finished) {
		onLoop(() -> listener().onDrain(finished));
	}

	void end(CloseReason reason) {
		onLoop(() -> {
			this.open = false;
			listener().onClose(reason);
		});
	}

	void onLoop(Runnable task) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.loop.execute(() -> {
			try {
				task.run();
				done.complete(null);
			}
			catch (Throwable ex) {
				done.completeExceptionally(ex);
			}
		});
		done.orTimeout(10, TimeUnit.SECONDS).join();
	}

	private SessionListener listener() {
		if (this.listener == null) {
			throw new IllegalStateException("not started");
		}
		return this.listener;
	}

	@Override
	public String id() {
		return "secretsecretsecret00";
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
		return Map.of("tenant", "one");
	}

	@Override
	public TransportName transport() {
		return this.transport;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public boolean isWritable() {
		return this.writable;
	}

	@Override
	public long maxOutboundBuffer() {
		return this.maxOutboundBuffer;
	}

	@Override
	public void send(EncodedPacket packet) {
		this.loop.assertInLoop();
		if (!this.open) {
			return;
		}
		ByteBuf text = packet.text();
		// Without the Engine.IO type
		this.sent.add(text.toString(StandardCharsets.UTF_8).substring(1));
		text.release();
		for (int i = 0; i < packet.attachments(); i++) {
			this.sentAttachments.add(packet.attachment(i));
		}
	}

	@Override
	public void close(CloseReason reason) {
		this.loop.assertInLoop();
		if (!this.open) {
			return;
		}
		this.open = false;
		this.closes.add(reason);
		if (!this.endsLater) {
			listener().onClose(reason);
		}
	}

	@Override
	public void pauseReading() {
		this.loop.assertInLoop();
		this.paused = true;
		this.pauses++;
	}

	@Override
	public void resumeReading() {
		this.loop.assertInLoop();
		this.paused = false;
	}

	List<String> sentWithout(String prefix) {
		List<String> sent = new ArrayList<>(this.sent);
		sent.removeIf((packet) -> packet.startsWith(prefix));
		return sent;
	}

}
