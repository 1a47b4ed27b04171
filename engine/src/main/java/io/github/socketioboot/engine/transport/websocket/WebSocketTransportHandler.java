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

package io.github.socketioboot.engine.transport.websocket;

import java.nio.charset.StandardCharsets;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.loop.LoopTimeout;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EnginePacketType;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.transport.Transport;
import io.github.socketioboot.engine.transport.TransportListener;
import io.github.socketioboot.engine.transport.TransportName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.base64.Base64;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WebSocket transport and the last handler of its pipeline, in one object because there
 * is one per connection. Frames go out as bytes that were encoded before, past any
 * encoder. Event loop only.
 * <p>
 * That also is why it is long.
 */
final class WebSocketTransportHandler extends ChannelInboundHandlerAdapter implements Transport, Runnable {

	/**
	 * How long to wait for the client's Close frame, in milliseconds.
	 */
	static final int CLOSE_TIMEOUT_MILLIS = 3_000;

	private static final Logger logger = LoggerFactory.getLogger(WebSocketTransportHandler.class);

	private static final int NO_STATUS = 1005;

	private static final int INVALID_PAYLOAD = 1007;

	private static final int MESSAGE_TOO_BIG = 1009;

	private static final int FINAL_CLOSE = 0x88;

	private static final int FINAL_PONG = 0x8a;

	private final EngineLoop loop;

	private final EngineVersion version;

	private final int maxPayload;

	private final boolean compressed;

	private final boolean answersClose;

	private final @Nullable DirectOutput direct;

	private TransportListener listener;

	private @Nullable ChannelHandlerContext context;

	private @Nullable CompositeByteBuf fragments;

	private boolean fragmentsBinary;

	private boolean flushScheduled;

	private boolean ended;

	WebSocketTransportHandler(EngineLoop loop, EngineVersion version, int maxPayload, boolean compressed,
			boolean answersClose, @Nullable DirectOutput direct, TransportListener listener) {
		this.loop = loop;
		this.version = version;
		this.maxPayload = maxPayload;
		this.compressed = compressed;
		this.answersClose = answersClose;
		this.direct = direct;
		this.listener = listener;
	}

	@Override
	public TransportName name() {
		return TransportName.WEBSOCKET;
	}

	@Override
	public void listener(TransportListener listener) {
		this.listener = listener;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	@Override
	public boolean isOpen() {
		return !this.ended && channel().isActive();
	}

	@Override
	public boolean isWritable() {
		return (this.direct != null) ? this.direct.isWritable() : channel().isWritable();
	}

	@Override
	public long pendingBytes() {
		ChannelOutboundBuffer buffer = channel().unsafe().outboundBuffer();
		return (buffer != null) ? buffer.totalPendingWriteBytes() : 0;
	}

	@Override
	public int preload() {
		return (this.direct != null) ? this.direct.preload() : 0;
	}

	@Override
	public void send(EncodedPacket packet) {
		if (this.ended) {
			return;
		}
		if (packet.parts().isEmpty()) {
			if (packet.attachments() == 0 && isSent(packet)) {
				return;
			}
			write(packet);
		}
		else if (this.compressed || this.version == EngineVersion.V3) {
			packet.parts().forEach(this::write);
		}
		else if (isSent(packet)) {
			return;
		}
		else {
			context().write(packet.webSocketText(), context().voidPromise());
		}
		scheduleFlush();
	}

	private void scheduleFlush() {
		if (!this.flushScheduled) {
			this.flushScheduled = true;
			this.loop.atTurnEnd(this);
		}
	}

	// With nothing behind it that could share its flush, a packet need not wait for the
	// end
	// of the turn.
	private boolean isSent(EncodedPacket packet) {
		if (this.direct == null || this.compressed || this.flushScheduled || !this.loop.isLastTask()) {
			return false;
		}
		ByteBuf frame = packet.webSocketFrame();
		int sent = this.direct.send(frame);
		int rest = frame.readableBytes() - sent;
		if (sent > 0 && rest > 0) {
			context().write(frame.retainedSlice(frame.readerIndex() + sent, rest), context().voidPromise());
			scheduleFlush();
		}
		return sent > 0;
	}

	private void write(EncodedPacket packet) {
		ChannelHandlerContext context = context();
		if (this.compressed) {
			context.write(new TextWebSocketFrame(packet.text()), context.voidPromise());
		}
		else {
			context.write(packet.webSocketText(), context.voidPromise());
		}
		for (int i = 0; i < packet.attachments(); i++) {
			context.write(packet.webSocketBinary(i, this.version), context.voidPromise());
		}
	}

	/**
	 * Flush what the turn has written.
	 */
	@Override
	public void run() {
		this.flushScheduled = false;
		context().flush();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		try {
			if (!this.ended && message instanceof WebSocketFrame frame) {
				onFrame(frame);
			}
			else if (message instanceof CloseWebSocketFrame) {
				context.close();
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	private void onFrame(WebSocketFrame frame) {
		if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
			boolean binary = frame instanceof BinaryWebSocketFrame;
			if (frame.isFinalFragment()) {
				onMessage(frame.content(), binary);
			}
			else {
				this.fragments = context().alloc().compositeBuffer();
				this.fragmentsBinary = binary;
				addFragment(frame);
			}
		}
		else if (frame instanceof ContinuationWebSocketFrame) {
			addFragment(frame);
		}
		else if (frame instanceof PingWebSocketFrame) {
			pong(frame.content());
		}
		else if (frame instanceof CloseWebSocketFrame close) {
			onClientClose(close.statusCode());
		}
	}

	private void addFragment(WebSocketFrame frame) {
		CompositeByteBuf fragments = this.fragments;
		if (fragments == null) {
			return;
		}
		if (fragments.readableBytes() + frame.content().readableBytes() > this.maxPayload) {
			fail(MESSAGE_TOO_BIG);
			return;
		}
		fragments.addComponent(true, frame.content().retain());
		if (frame.isFinalFragment()) {
			this.fragments = null;
			try {
				onMessage(fragments, this.fragmentsBinary);
			}
			finally {
				fragments.release();
			}
		}
	}

	private void onMessage(ByteBuf content, boolean binary) {
		if (binary) {
			onBinary(content);
			return;
		}
		if (!ByteBufUtil.isText(content, StandardCharsets.UTF_8)) {
			fail(INVALID_PAYLOAD);
			return;
		}
		if (!content.isReadable()) {
			this.listener.onParseError(this);
			return;
		}
		byte first = content.readByte();
		EnginePacketType type = EnginePacketType.ofCode(first);
		if (type != null) {
			this.listener.onPacket(this, type, false, content);
		}
		else if (first == 'b') {
			onBase64(content);
		}
		else {
			this.listener.onParseError(this);
		}
	}

	private void onBinary(ByteBuf content) {
		EnginePacketType type = EnginePacketType.MESSAGE;
		if (this.version == EngineVersion.V3) {
			type = content.isReadable() ? EnginePacketType.ofCode((byte) (content.readByte() + '0')) : null;
		}
		if (type == null) {
			this.listener.onParseError(this);
			return;
		}
		this.listener.onPacket(this, type, true, content);
	}

	private void onBase64(ByteBuf content) {
		EnginePacketType type = EnginePacketType.MESSAGE;
		if (this.version == EngineVersion.V3) {
			type = content.isReadable() ? EnginePacketType.ofCode(content.readByte()) : null;
		}
		ByteBuf data = null;
		try {
			data = Base64.decode(content);
		}
		catch (IllegalArgumentException ex) {
			type = null;
		}
		if (type == null || data == null) {
			this.listener.onParseError(this);
		}
		else {
			this.listener.onPacket(this, type, true, data);
		}
		if (data != null) {
			data.release();
		}
	}

	private void pong(ByteBuf data) {
		ChannelHandlerContext context = context();
		ByteBuf frame = context.alloc().directBuffer(2 + data.readableBytes());
		frame.writeByte(FINAL_PONG).writeByte(data.readableBytes()).writeBytes(data);
		context.writeAndFlush(frame, context.voidPromise());
	}

	private void onClientClose(int status) {
		end(status);
		channel().close();
		this.listener.onTransportClose(this);
	}

	private void fail(int status) {
		end(status);
		this.listener.onTransportError(this);
	}

	@Override
	public void close() {
		if (!this.ended) {
			end(NO_STATUS);
			this.listener.onTransportClose(this);
		}
	}

	@Override
	public void terminate() {
		if (!this.ended) {
			end(NO_STATUS);
		}
	}

	// Write a Close frame and wait for the client's, unless the client does not read:
	// then nothing that is written would leave.
	private void end(int status) {
		this.ended = true;
		releaseFragments();
		ChannelHandlerContext context = context();
		if (!context.channel().isActive()) {
			return;
		}
		if (!context.channel().isWritable()) {
			context.close();
			return;
		}
		if (!this.answersClose) {
			context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
			return;
		}
		boolean bare = status == NO_STATUS || status < 0;
		ByteBuf frame = context.alloc().directBuffer(4);
		frame.writeByte(FINAL_CLOSE).writeByte(bare ? 0 : 2);
		if (!bare) {
			frame.writeShort(status);
		}
		context.writeAndFlush(frame, context.voidPromise());
		context.channel().config().setAutoRead(true);
		this.loop.arm(new CloseTimeout(context.channel()), CLOSE_TIMEOUT_MILLIS);
	}

	private void releaseFragments() {
		if (this.fragments != null) {
			this.fragments.release();
			this.fragments = null;
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		releaseFragments();
		if (!this.ended) {
			this.ended = true;
			this.listener.onTransportClose(this);
		}
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (this.ended) {
			return;
		}
		if (cause instanceof CorruptedWebSocketFrameException corrupted) {
			fail(corrupted.closeStatus().code());
			return;
		}
		logger.debug("WebSocket {} failed", context.channel(), cause);
		context.close();
	}

	@Override
	public void pauseReading() {
		channel().config().setAutoRead(false);
	}

	@Override
	public void resumeReading() {
		channel().config().setAutoRead(true);
	}

	private Channel channel() {
		return context().channel();
	}

	private ChannelHandlerContext context() {
		ChannelHandlerContext context = this.context;
		if (context == null) {
			throw new IllegalStateException("not in a pipeline");
		}
		return context;
	}

	/**
	 * Closes a channel whose client does not answer the Close frame.
	 */
	private static final class CloseTimeout extends LoopTimeout {

		private final Channel channel;

		CloseTimeout(Channel channel) {
			this.channel = channel;
		}

		@Override
		protected void onTimeout() {
			this.channel.close();
		}

	}

}
