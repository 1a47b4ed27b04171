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

package io.github.socketioboot.cluster.primary;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.primary.RequestHeadReader.Result;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a connection's first request and nothing behind it, except for what
 * comes in the same piece. Event loop only.
 */
final class FrontConnection extends ChannelInboundHandlerAdapter {

	/**
	 * Bytes behind the head that are taken along at most. More than a piece comes only if
	 * the client has ended its side, because Netty then reads all there is.
	 */
	static final int MAX_BEHIND = 1 << 20;

	private final FrontDoor door;

	private final EpollSocketChannel channel;

	private final RequestHeadReader reader;

	private @Nullable ByteBuf bytes;

	private @Nullable Future<?> timeout;

	private boolean complete;

	private boolean done;

	FrontConnection(FrontDoor door, EpollSocketChannel channel) {
		this.door = door;
		this.channel = channel;
		this.reader = door.reader(channel.remoteAddress());
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.timeout = this.door.loop()
			.schedule(this::onTimeout, this.door.headTimeout().toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		ctx.read();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		ByteBuf piece = (ByteBuf) message;
		if (this.done) {
			piece.release();
			return;
		}
		ByteBuf all = (this.bytes != null)
				? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), this.bytes, piece) : piece;
		this.bytes = all;
		if (this.complete) {
			if (all.readableBytes() > this.door.maxHeadSize() + MAX_BEHIND) {
				ctx.close();
			}
			return;
		}
		Result result = this.reader.read(all);
		switch (result) {
			case COMPLETE -> pass();
			case TOO_LARGE -> refuse(Refusal.HEAD_TOO_LARGE);
			case NOT_HTTP -> ctx.close();
			case INCOMPLETE -> {
			}
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		if (!this.complete && !this.done) {
			ctx.read();
		}
	}

	private void pass() {
		this.complete = true;
		cancelTimeout();
		// Done in a later turn of the loop; what Netty reads until then is kept here
		this.channel.deregister().addListener((deregistered) -> {
			ByteBuf all = this.bytes;
			if (this.done || all == null) {
				return;
			}
			if (!this.channel.isOpen()) {
				// Closed meanwhile, which nobody is told of who waits to be deregistered
				leave();
				return;
			}
			this.done = true;
			this.bytes = null;
			this.channel.pipeline().remove(this);
			this.door.passed(this.channel, all, this.reader);
		});
	}

	private void onTimeout() {
		if (this.bytes == null) {
			this.channel.close();
			return;
		}
		refuse(Refusal.TOO_SLOW);
	}

	private void refuse(Refusal refusal) {
		if (!this.done) {
			end();
			refusal.answer(this.channel, this.door.loop(), () -> this.door.left(this.channel));
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event == ChannelInputShutdownEvent.INSTANCE && !this.complete && !this.done) {
			ctx.close();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		ctx.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		leave();
	}

	private void leave() {
		if (!this.done) {
			end();
			this.door.left(this.channel);
		}
	}

	private void end() {
		this.done = true;
		cancelTimeout();
		ByteBuf all = this.bytes;
		this.bytes = null;
		if (all != null) {
			all.release();
		}
	}

	private void cancelTimeout() {
		if (this.timeout != null) {
			this.timeout.cancel(false);
			this.timeout = null;
		}
	}

}
