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

package io.github.socketioboot.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO client over WebSocket, with no more code than the scenarios need: it
 * upgrades, joins the main namespace, answers heartbeats, and tells its listener of
 * events. Event loop only.
 */
final class WebSocketClient extends ByteToMessageDecoder {

	private static final ByteBuf CONNECT = WebSocketFrames.text("40");

	private static final ByteBuf DISCONNECT = WebSocketFrames.text("41");

	private static final ByteBuf PONG = WebSocketFrames.text("3");

	private static final ByteBuf CLOSE = WebSocketFrames.close();

	private static final ByteBuf END_OF_HEAD = ConstantBytes.of("\r\n\r\n");

	private static final byte[] SWITCHING = "HTTP/1.1 101 ".getBytes(StandardCharsets.US_ASCII);

	private static final int MAX_HEAD = 8192;

	private static final int TWO_BYTE_LENGTH = 126;

	private static final int MAX_SHORT_LENGTH = 125;

	private final ByteBuf request;

	private final Listener listener;

	private boolean upgraded;

	private boolean joined;

	private @Nullable ChannelHandlerContext context;

	WebSocketClient(ByteBuf request, Listener listener) {
		this.request = request;
		this.listener = listener;
	}

	/**
	 * Builds the request that opens a session over WebSocket.
	 * @param port the server's port
	 * @return the request's bytes, which may be sent any number of times
	 */
	static ByteBuf request(int port) {
		String head = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:" + port
				+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
		return ConstantBytes.of(head);
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		this.context = ctx;
		ctx.writeAndFlush(this.request.duplicate(), ctx.voidPromise());
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
		if (!this.upgraded && !readHead(in)) {
			return;
		}
		while (readFrame(ctx, in)) {
			// until the rest is less than a frame
		}
	}

	private boolean readHead(ByteBuf in) {
		int length = ByteBufUtil.indexOf(END_OF_HEAD, in);
		if (length < 0) {
			if (in.readableBytes() > MAX_HEAD) {
				throw new IllegalStateException("response has no end");
			}
			return false;
		}
		for (byte expected : SWITCHING) {
			if (in.readByte() != expected) {
				throw new IllegalStateException("server does not upgrade");
			}
		}
		in.skipBytes(length - SWITCHING.length + END_OF_HEAD.readableBytes());
		this.upgraded = true;
		return true;
	}

	private boolean readFrame(ChannelHandlerContext ctx, ByteBuf in) {
		if (in.readableBytes() < 2) {
			return false;
		}
		int start = in.readerIndex();
		int opcode = in.getByte(start) & 0x0F;
		int length = in.getByte(start + 1) & 0x7F;
		int header = 2;
		if (length > MAX_SHORT_LENGTH) {
			if (length != TWO_BYTE_LENGTH) {
				throw new IllegalStateException("frame is larger than any the client asked for");
			}
			if (in.readableBytes() < 4) {
				return false;
			}
			header = 4;
			length = in.getUnsignedShort(start + 2);
		}
		if (in.readableBytes() < header + length) {
			return false;
		}
		if (opcode == WebSocketFrames.OPCODE_TEXT && length > 0) {
			onPacket(ctx, in, start + header, length);
		}
		in.readerIndex(start + header + length);
		return true;
	}

	private void onPacket(ChannelHandlerContext ctx, ByteBuf in, int start, int length) {
		byte type = in.getByte(start);
		byte subType = (length > 1) ? in.getByte(start + 1) : 0;
		if (type == '4' && subType == '2') {
			this.listener.onEvent(this, in, start, length);
		}
		else if (type == '4' && subType == '0' && !this.joined) {
			this.joined = true;
			this.listener.onJoined(this);
		}
		else if (type == '2') {
			ctx.write(PONG.duplicate(), ctx.voidPromise());
			this.listener.onPing(this);
		}
		else if (type == '0') {
			ctx.write(CONNECT.duplicate(), ctx.voidPromise());
		}
		else {
			throw new IllegalStateException("server sent a packet of type " + (char) type + (char) subType);
		}
	}

	/**
	 * Writes a frame, which goes out at the end of the current read or by the next
	 * {@link #flush()}.
	 * @param frame the frame
	 */
	void write(ByteBuf frame) {
		ChannelHandlerContext ctx = context();
		ctx.write(frame.duplicate(), ctx.voidPromise());
	}

	void flush() {
		context().flush();
	}

	/**
	 * Leaves as a Socket.IO client does: first the namespace, then the connection.
	 */
	void leave() {
		write(DISCONNECT);
		write(CLOSE);
		flush();
	}

	/**
	 * Drops the connection.
	 */
	void drop() {
		context().close();
	}

	private ChannelHandlerContext context() {
		ChannelHandlerContext ctx = this.context;
		if (ctx == null) {
			throw new IllegalStateException("client is not connected");
		}
		return ctx;
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
		super.channelReadComplete(ctx);
		ctx.flush();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		super.channelInactive(ctx);
		this.listener.onClosed(this);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.listener.onFailure(cause);
		ctx.close();
	}

	/**
	 * Told on the event loop of what happens to a client.
	 */
	interface Listener extends LoadClient.FailureListener {

		/**
		 * The client has joined the main namespace.
		 * @param client the client
		 */
		void onJoined(WebSocketClient client);

		/**
		 * An event has come.
		 * @param client the client
		 * @param buffer holds the packet, and is valid during the call only
		 * @param start the packet's first byte
		 * @param length the packet's length in bytes
		 */
		default void onEvent(WebSocketClient client, ByteBuf buffer, int start, int length) {
			onFailure(new IllegalStateException("unexpected event"));
		}

		/**
		 * A heartbeat has come, and was answered.
		 * @param client the client
		 */
		default void onPing(WebSocketClient client) {
		}

		/**
		 * The connection has ended.
		 * @param client the client
		 */
		default void onClosed(WebSocketClient client) {
			onFailure(new IllegalStateException("connection closed by the server"));
		}

	}

}
