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

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.netty.forwarded.ProxyHeader;
import io.github.socketioboot.engine.netty.forwarded.ProxyHeader.State;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.github.socketioboot.engine.session.RefusalReason;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

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

	private final @Nullable ConnectionSource source;

	private final boolean preamble;

	private final ForwardingConfig forwarding;

	private final LimitsConfig limits;

	private final HttpDecoderConfig decoderConfig;

	private final boolean limited;

	/**
	 * Create an initializer.
	 * @param config settings
	 * @param loops loops of the channels
	 * @param router answers requests
	 * @param limiter admits connections
	 * @param source takes connections that must be handed on, or {@code null}
	 * @param preamble whether connections start with a PROXY protocol header that another
	 * process of this host has written; TLS ended there
	 */
	ServerChannelInitializer(ServerConfig config, ServerLoops loops, RequestRouter router, ConnectionLimiter limiter,
			@Nullable ConnectionSource source, boolean preamble) {
		this.config = config;
		this.loops = loops;
		this.router = router;
		this.limiter = limiter;
		this.source = source;
		this.preamble = preamble;
		this.forwarding = config.forwarding();
		this.limits = preamble ? ownLimits(config.limits()) : config.limits();
		this.limited = config.limits().maxConnections() > 0 || config.limits().maxConnectionsPerAddress() > 0;
		this.decoderConfig = new HttpDecoderConfig().setMaxInitialLineLength(config.limits().maxHeaderSize())
			.setMaxHeaderSize(config.limits().maxHeaderSize());
	}

	// Whoever passes requests on keeps its connections for a time of its own, and a
	// request must not meet a closing one
	private static LimitsConfig ownLimits(LimitsConfig limits) {
		return (limits.idleTimeout().compareTo(LimitsConfig.DEFAULT.idleTimeout()) >= 0) ? limits
				: limits.withIdleTimeout(LimitsConfig.DEFAULT.idleTimeout());
	}

	@Override
	protected void initChannel(Channel channel) {
		if (this.preamble) {
			ProxyHeader.await(channel, this.limits.headTimeout(), (header) -> serveOf(channel, header));
			return;
		}
		ConnectionOrigin peer = ConnectionOrigin.of(channel, this.config.sslContext() != null);
		if (peer == null) {
			// It was closed before we had a look at it
			channel.close();
			return;
		}
		ProxyProtocol expected = this.forwarding.protocol(peer.remote());
		if (expected == ProxyProtocol.NONE) {
			serve(channel, peer, false);
		}
		else {
			ProxyHeader.await(channel, this.limits.headTimeout(), (header) -> serveOf(channel, peer, expected, header));
		}
	}

	// From whoever has accepted the connection in this server's place
	private void serveOf(Channel channel, ProxyHeader header) {
		if (header.source() == null || header.destination() == null || !header.binary()) {
			channel.close();
			return;
		}
		serve(channel, new ConnectionOrigin(header.source(), header.destination(), header.secure()), false);
	}

	private void serveOf(Channel channel, ConnectionOrigin peer, ProxyProtocol expected, ProxyHeader header) {
		if (!expected.accepts(header)) {
			this.router.statistics().refuse(RefusalReason.BAD_REQUEST, peer.remote().getAddress());
			channel.close();
		}
		else if (header.source() == null || header.destination() == null) {
			serve(channel, peer, header.state() == State.COMPLETE);
		}
		else {
			serve(channel,
					new ConnectionOrigin(header.source(), header.destination(), header.secure() || peer.secure()),
					true);
		}
	}

	/**
	 * Add the handlers of HTTP.
	 * @param channel the connection
	 * @param origin where it comes from
	 * @param headed whether it began with a header, which whoever it is handed on to
	 * expects too
	 */
	private void serve(Channel channel, ConnectionOrigin origin, boolean headed) {
		boolean believed = this.forwarding.believesHeaders(origin.remote());
		Admission admission = null;
		if (this.limited) {
			// The connections of a proxy are those of its clients, which are limited one
			// by one
			admission = admit(channel, believed ? null : origin.remote().getAddress());
			if (admission == null) {
				return;
			}
		}
		ChannelPipeline pipeline = channel.pipeline();
		SSLContext tls = this.preamble ? null : this.config.sslContext();
		if (tls != null) {
			pipeline.addLast(PipelineNames.TLS, newTlsHandler(tls));
		}
		HttpCodec codec = new HttpCodec(this.decoderConfig);
		pipeline.addLast(PipelineNames.HTTP_CODEC, codec);
		if (this.config.webSocketCompression()) {
			pipeline.addLast(PipelineNames.WEBSOCKET_COMPRESSION,
					new WebSocketServerCompressionHandler(this.config.session().maxPayload()));
		}
		pipeline.addLast(PipelineNames.HTTP_FRONT, new HttpFrontHandler(this.router, this.loops.of(channel.eventLoop()),
				this.limits, codec, origin, believed, departure(tls, admission, headed ? origin : null)));
	}

	private @Nullable Departure departure(@Nullable SSLContext tls, @Nullable Admission admission,
			@Nullable ConnectionOrigin header) {
		if (this.source == null || tls != null) {
			return null;
		}
		return this.preamble ? new TurnAway(this.source) : new HandOn(this.source, admission, header);
	}

	private SslHandler newTlsHandler(SSLContext context) {
		SSLEngine engine = context.createSSLEngine();
		engine.setUseClientMode(false);
		SslHandler tls = new SslHandler(engine);
		tls.setHandshakeTimeoutMillis(this.limits.headTimeout().toMillis());
		return tls;
	}

	private @Nullable Admission admit(Channel channel, @Nullable InetAddress address) {
		if (!this.limiter.tryConnect(address)) {
			channel.writeAndFlush(Unpooled.wrappedBuffer(TOO_MANY_CONNECTIONS))
				.addListener(ChannelFutureListener.CLOSE);
			return null;
		}
		Admission admission = new Admission(() -> this.limiter.disconnected(address));
		channel.closeFuture().addListener(admission);
		return admission;
	}

}
