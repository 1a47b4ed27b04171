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

package io.github.socketioboot.engine.transport.polling;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.loop.LoopTimeout;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EnginePacketType;
import io.github.socketioboot.engine.protocol.EnginePackets;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.protocol.PacketFormatException;
import io.github.socketioboot.engine.protocol.PollingPayloadReader;
import io.github.socketioboot.engine.protocol.PollingPayloads;
import io.github.socketioboot.engine.transport.Transport;
import io.github.socketioboot.engine.transport.TransportListener;
import io.github.socketioboot.engine.transport.TransportName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * HTTP long polling: one GET waits for packets of the server while POSTs bring those of
 * the client. Event loop only.
 * <p>
 * One class although long: the poll, the POST and the close share one state.
 *
 * @since 0.1.0
 */
public final class PollingTransport implements Transport {

	/**
	 * How long a close waits for a GET that can carry it, in milliseconds.
	 */
	static final int CLOSE_TIMEOUT_MILLIS = 30_000;

	private static final String TEXT = "text/plain; charset=UTF-8";

	private static final String BINARY = "application/octet-stream";

	private final EngineLoop loop;

	private final PollingOptions options;

	private final ArrayDeque<EncodedPacket> queue = new ArrayDeque<>(4);

	private TransportListener listener;

	private long queuedBytes;

	private volatile @Nullable PollExchange poll;

	private @Nullable PollExchange post;

	private @Nullable ByteBuf body;

	private @Nullable PollingPayloadReader reader;

	private boolean flushScheduled;

	private boolean paused;

	private boolean reading;

	private boolean ended;

	private @Nullable PendingClose pendingClose;

	/**
	 * Create a transport.
	 * @param loop loop of the session
	 * @param options how the client polls
	 * @param listener who is told
	 */
	public PollingTransport(EngineLoop loop, PollingOptions options, TransportListener listener) {
		this.loop = loop;
		this.options = options;
		this.listener = listener;
	}

	@Override
	public TransportName name() {
		return TransportName.POLLING;
	}

	@Override
	public void listener(TransportListener listener) {
		this.listener = listener;
	}

	@Override
	public boolean isOpen() {
		return !this.ended;
	}

	@Override
	public boolean isWritable() {
		return this.poll != null;
	}

	@Override
	public long pendingBytes() {
		return this.queuedBytes;
	}

	/**
	 * A GET has come.
	 * @param exchange the request
	 */
	public void onPoll(PollExchange exchange) {
		this.loop.assertInLoop();
		if (this.ended) {
			exchange.respondBadRequest();
			return;
		}
		if (this.poll != null) {
			exchange.respondEmpty(400);
			fail();
			return;
		}
		this.poll = exchange;
		if (!this.queue.isEmpty()) {
			flush();
		}
		else if (this.pendingClose != null) {
			finishClose();
		}
	}

	/**
	 * The head of a POST has come.
	 * @param exchange the request
	 */
	public void onPostHead(PollExchange exchange) {
		this.loop.assertInLoop();
		if (this.ended) {
			exchange.respondBadRequest();
			return;
		}
		if (this.post != null) {
			exchange.respondEmpty(400);
			this.post.destroy();
			this.post = null;
			fail();
			return;
		}
		if (this.options.version() == EngineVersion.V4
				&& BINARY.equals(exchange.header(HttpHeaderNames.CONTENT_TYPE))) {
			exchange.respondEmpty(400);
			fail();
			return;
		}
		this.post = exchange;
	}

	/**
	 * The body of a POST is complete.
	 * @param exchange the request
	 * @param content the body; ownership passes
	 */
	public void onPostBody(PollExchange exchange, ByteBuf content) {
		this.loop.assertInLoop();
		if (this.ended || this.post != exchange) {
			content.release();
			exchange.respondBadRequest();
			return;
		}
		ByteBuf payload = content;
		if (this.options.isJsonp()) {
			payload = JsonpForm.decode(content);
			if (payload == null) {
				finishPost();
				return;
			}
		}
		this.body = payload;
		this.reader = PollingPayloads.reader(payload, this.options.version(),
				BINARY.equals(exchange.header(HttpHeaderNames.CONTENT_TYPE)));
		read();
	}

	/**
	 * A POST will have no body that is wanted; it has been answered.
	 * @param exchange the request
	 */
	public void onPostRefused(PollExchange exchange) {
		if (this.post == exchange) {
			this.post = null;
		}
	}

	/**
	 * The connection of a request was lost before its answer.
	 * @param exchange the request
	 */
	public void onAbort(PollExchange exchange) {
		this.loop.assertInLoop();
		if (this.ended) {
			return;
		}
		if (this.poll == exchange) {
			this.poll = null;
			fail();
		}
		else if (this.post == exchange) {
			this.post = null;
			fail();
		}
	}

	@Override
	public void send(EncodedPacket packet) {
		if (this.ended) {
			return;
		}
		if (packet.parts().isEmpty()) {
			this.queue.add(packet.retain());
		}
		else {
			packet.parts().forEach((part) -> this.queue.add(part.retain()));
		}
		this.queuedBytes += packet.size();
		if (this.poll != null && !this.flushScheduled) {
			this.flushScheduled = true;
			this.loop.atTurnEnd(this::flush);
		}
	}

	/**
	 * Answer a pending GET with a packet that has no content, so that the client is free
	 * to upgrade.
	 */
	public void releasePoll() {
		if (this.poll != null && this.queue.isEmpty()) {
			respond(List.of(ControlPackets.NOOP));
		}
	}

	/**
	 * Hand over the packets that wait, in order, to another transport; a GET that still
	 * pends is told that this transport has ended.
	 * @param successor the transport that goes on
	 */
	public void moveTo(Transport successor) {
		this.loop.assertInLoop();
		EncodedPacket packet;
		while ((packet = this.queue.poll()) != null) {
			successor.send(packet);
			packet.release();
		}
		terminate();
	}

	private void flush() {
		this.flushScheduled = false;
		if (this.poll == null || this.queue.isEmpty() || this.ended) {
			return;
		}
		List<EncodedPacket> packets = new ArrayList<>(this.queue);
		this.queue.clear();
		this.queuedBytes = 0;
		respond(packets);
		packets.forEach(EncodedPacket::release);
	}

	private void respond(List<EncodedPacket> packets) {
		PollExchange exchange = this.poll;
		if (exchange == null) {
			return;
		}
		this.poll = null;
		boolean base64 = this.options.base64() || this.options.isJsonp();
		ByteBuf payload = PollingPayloads.encode(packets, this.options.version(), base64);
		boolean binary = PollingPayloads.isBinary(packets, this.options.version(), base64);
		if (this.options.isJsonp()) {
			payload = JsonpForm.encode(this.options.jsonp(), payload);
		}
		exchange.respond(binary ? BINARY : TEXT, payload, true);
	}

	private void read() {
		if (this.reading) {
			return;
		}
		this.reading = true;
		try {
			while (!this.paused && !this.ended && this.reader != null) {
				PollingPayloadReader.Item item = this.reader.next();
				if (item == null) {
					finishPost();
				}
				else if (item.type() == EnginePacketType.CLOSE) {
					finishPost();
					onClientClose();
				}
				else {
					this.listener.onPacket(this, item.type(), item.binary(), item.content());
				}
			}
		}
		catch (PacketFormatException ex) {
			finishPost();
			this.listener.onParseError(this);
		}
		finally {
			this.reading = false;
			if (this.ended) {
				finishPost();
			}
		}
	}

	private void finishPost() {
		this.reader = null;
		if (this.body != null) {
			this.body.release();
			this.body = null;
		}
		PollExchange exchange = this.post;
		if (exchange != null) {
			this.post = null;
			exchange.respond("text/html", Unpooled.wrappedBuffer(Ok.BYTES), false);
		}
	}

	private void onClientClose() {
		if (this.ended) {
			return;
		}
		respond(List.of(ControlPackets.NOOP));
		end();
		this.listener.onTransportClose(this);
	}

	private void fail() {
		if (!this.ended) {
			// The session terminates this transport, which answers a GET that still
			// pends.
			this.listener.onTransportError(this);
		}
	}

	@Override
	public void close() {
		if (this.ended || this.pendingClose != null) {
			return;
		}
		flush();
		this.pendingClose = new PendingClose();
		if (this.poll != null) {
			respond(List.of(ControlPackets.CLOSE));
			finishClose();
		}
		else {
			this.loop.arm(this.pendingClose, CLOSE_TIMEOUT_MILLIS);
		}
	}

	private void finishClose() {
		respond(List.of(ControlPackets.NOOP, ControlPackets.CLOSE));
		end();
		this.listener.onTransportClose(this);
	}

	@Override
	public void terminate() {
		if (!this.ended) {
			respond(List.of(ControlPackets.CLOSE));
			end();
		}
	}

	private void end() {
		this.ended = true;
		if (this.pendingClose != null) {
			this.pendingClose.disarm();
		}
		EncodedPacket packet;
		while ((packet = this.queue.poll()) != null) {
			packet.release();
		}
		this.queuedBytes = 0;
		if (!this.reading) {
			finishPost();
		}
	}

	@Override
	public void pauseReading() {
		this.paused = true;
	}

	@Override
	public void resumeReading() {
		this.paused = false;
		if (this.reader != null) {
			read();
		}
	}

	/**
	 * Packets without content. Never released.
	 */
	private static final class ControlPackets {

		static final EncodedPacket NOOP = EnginePackets.encode(EnginePacketType.NOOP, "");

		static final EncodedPacket CLOSE = EnginePackets.encode(EnginePacketType.CLOSE, "");

	}

	/**
	 * Answer to a POST.
	 */
	private static final class Ok {

		static final byte[] BYTES = "ok".getBytes(StandardCharsets.US_ASCII);

	}

	/**
	 * A close that waits for a GET.
	 */
	private final class PendingClose extends LoopTimeout {

		@Override
		protected void onTimeout() {
			end();
			PollingTransport.this.listener.onTransportClose(PollingTransport.this);
		}

	}

}
