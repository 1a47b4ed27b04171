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

package io.github.socketioboot.cluster.primary.proxy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.handler.codec.haproxy.HAProxyTLV;

/**
 * The PROXY protocol header of a connection to a worker.
 */
final class ProxyPreamble {

	/**
	 * PP2_CLIENT_SSL: the client has connected over TLS.
	 */
	private static final byte CLIENT_SSL = 0x01;

	/**
	 * Anything but 0: the client has shown no certificate that was verified.
	 */
	private static final int UNVERIFIED = 1;

	private ProxyPreamble() {
	}

	/**
	 * Make the header.
	 * @param client address of the client
	 * @param local address to which the client has connected
	 * @param encrypted whether it came over TLS
	 * @return the header; ownership passes
	 */
	static HAProxyMessage of(InetSocketAddress client, InetSocketAddress local, boolean encrypted) {
		boolean ip4 = client.getAddress() instanceof Inet4Address && local.getAddress() instanceof Inet4Address;
		List<HAProxyTLV> tlvs = encrypted ? List.of(new HAProxySSLTLV(UNVERIFIED, CLIENT_SSL, List.of())) : List.of();
		return new HAProxyMessage(HAProxyProtocolVersion.V2, HAProxyCommand.PROXY,
				ip4 ? HAProxyProxiedProtocol.TCP4 : HAProxyProxiedProtocol.TCP6, text(client, ip4), text(local, ip4),
				client.getPort(), local.getPort(), tlvs);
	}

	/**
	 * Write an address without its port.
	 * @param address the address
	 * @return the numeric address, without a zone
	 */
	static String text(InetSocketAddress address) {
		InetAddress inet = address.getAddress();
		String text = inet.getHostAddress();
		int zone = text.indexOf('%');
		return (zone >= 0) ? text.substring(0, zone) : text;
	}

	private static String text(InetSocketAddress address, boolean ip4) {
		String text = text(address);
		return (ip4 || !(address.getAddress() instanceof Inet4Address)) ? text : "::ffff:" + text;
	}

}
