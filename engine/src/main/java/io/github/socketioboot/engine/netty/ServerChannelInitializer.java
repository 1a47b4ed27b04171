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

package io.github.socketioboot.engine.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import javax.net.ssl.SSLEngine;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.handler.ssl.SslHandler;

/**
 * Sets up accepted channels. Thread-safe.
 */
final class ServerChannelInitializer extends ChannelInitializer<Channel> {

	private static final byte[] TOO_MANY_CONNECTIONS = ("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n"
			+ "Retry-After: 1\r\nContent-Length: 0\r\n\r\n")
		.getBytes(java.nio.charset.StandardCharsets.US_ASCII);

	private final ServerConfig config;

	private final ServerLoops loops;

	private final RequestRouter router;

	private final ConnectionLimiter limiter;

	private final HttpDecoderConfig decoderConfig;

	private final boolean limited;

	ServerChannelInitializer(ServerConfig config, ServerLoops loops, RequestRouter router, ConnectionLimiter limiter) {
		this.config = config;
		this.loops = loops;
		this.router = router;
		this.limiter = limiter;
		this.limited = config.limits().maxConnections() > 0 || config.limits().maxConnectionsPerAddress() > 0;
		this.decoderConfig = new HttpDecoderConfig().setMaxInitialLineLength(config.limits().maxHeaderSize())
			.setMaxHeaderSize(config.limits().maxHeaderSize());
	}

	@Override
	protected void initChannel(Channel channel) {
		if (!admit(channel)) {
			return;
		}
		ChannelPipeline pipeline = channel.pipeline();
		if (this.config.sslContext() != null) {
			SSLEngine engine = this.config.sslContext().createSSLEngine();
			engine.setUseClientMode(false);
			SslHandler tls = new SslHandler(engine);
			tls.setHandshakeTimeoutMillis(this.config.limits().headTimeout().toMillis());
			pipeline.addLast(PipelineNames.TLS, tls);
		}
		pipeline.addLast(PipelineNames.HTTP_CODEC, new HttpServerCodec(this.decoderConfig));
		if (this.config.webSocketCompression()) {
			pipeline.addLast(PipelineNames.WEBSOCKET_COMPRESSION,
					new WebSocketServerCompressionHandler(this.config.session().maxPayload()));
		}
		pipeline.addLast(PipelineNames.HTTP_FRONT, new HttpFrontHandler(this.router, this.loops.of(channel.eventLoop()),
				this.config.limits(), this.config.sslContext() != null));
	}

	private boolean admit(Channel channel) {
		if (!this.limited || !(channel.remoteAddress() instanceof InetSocketAddress remote)) {
			return true;
		}
		InetAddress address = remote.getAddress();
		if (!this.limiter.tryConnect(address)) {
			channel.writeAndFlush(Unpooled.wrappedBuffer(TOO_MANY_CONNECTIONS))
				.addListener(ChannelFutureListener.CLOSE);
			return false;
		}
		channel.closeFuture().addListener((closed) -> this.limiter.disconnected(address));
		return true;
	}

}
