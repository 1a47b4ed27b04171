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
import java.net.UnknownHostException;
import java.util.function.Consumer;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.loop.LoopTimeout;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Takes the client's address from the header of the PROXY protocol with which a
 * connection starts (version 2, section 2.2), and closes connections without it. Event
 * loop only.
 */
final class PreambleHandler extends ChannelInboundHandlerAdapter {

	/**
	 * Most bytes of a header besides its addresses.
	 */
	static final int MAX_EXTRAS = 1024;

	private final EngineLoop loop;

	private final Consumer<ConnectionOrigin> taker;

	private final LoopTimeout timeout;

	private final long timeoutMillis;

	private @Nullable ChannelHandlerContext context;

	/**
	 * Create a handler, to stand behind a {@link HAProxyMessageDecoder}, which removes
	 * itself.
	 * @param loop loop of the connection
	 * @param timeoutMillis how long the header may take
	 * @param taker told where the connection comes from; adds the handlers that take over
	 */
	PreambleHandler(EngineLoop loop, long timeoutMillis, Consumer<ConnectionOrigin> taker) {
		this.loop = loop;
		this.timeoutMillis = timeoutMillis;
		this.taker = taker;
		this.timeout = new LoopTimeout() {

			@Override
			protected void onTimeout() {
				close();
			}

		};
	}

	private void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		this.loop.arm(this.timeout, this.timeoutMillis);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		try {
			ConnectionOrigin origin = (message instanceof HAProxyMessage header) ? origin(header) : null;
			if (origin == null) {
				context.close();
				return;
			}
			this.timeout.disarm();
			this.taker.accept(origin);
			context.pipeline().remove(this);
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	private static @Nullable ConnectionOrigin origin(HAProxyMessage header) {
		HAProxyProxiedProtocol protocol = header.proxiedProtocol();
		if (header.protocolVersion() != HAProxyProtocolVersion.V2 || header.command() != HAProxyCommand.PROXY
				|| (protocol != HAProxyProxiedProtocol.TCP4 && protocol != HAProxyProxiedProtocol.TCP6)) {
			return null;
		}
		InetSocketAddress remote = address(header.sourceAddress(), header.sourcePort());
		InetSocketAddress local = address(header.destinationAddress(), header.destinationPort());
		boolean secure = header.tlvs()
			.stream()
			.anyMatch((extra) -> extra instanceof HAProxySSLTLV tls && tls.isPP2ClientSSL());
		return (remote != null && local != null) ? new ConnectionOrigin(remote, local, secure) : null;
	}

	private static @Nullable InetSocketAddress address(String address, int port) {
		byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
		try {
			return (bytes != null) ? new InetSocketAddress(InetAddress.getByAddress(bytes), port) : null;
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.timeout.disarm();
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		// Whoever connects knows the protocol or has no business here
		context.close();
	}

}
