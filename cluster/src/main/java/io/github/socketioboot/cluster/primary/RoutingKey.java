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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.github.socketioboot.cluster.primary.PrimaryConfig.Routing;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Tells what keeps the sessions of a client together, besides the sessions themselves:
 * nothing, or an address. Immutable.
 */
final class RoutingKey {

	private static final int ANY_PORT = 0;

	private final Routing routing;

	private final List<IpSubnetFilterRule> trusted;

	/**
	 * Create one.
	 * @param routing what is kept together
	 * @param trusted ranges of addresses, such as {@code 10.0.0.0/8}, or single addresses
	 */
	RoutingKey(Routing routing, List<String> trusted) {
		this.routing = routing;
		this.trusted = trusted.stream().map(RoutingKey::rule).toList();
	}

	private static IpSubnetFilterRule rule(String range) {
		int slash = range.indexOf('/');
		if (slash != -1) {
			return new IpSubnetFilterRule(range, IpFilterRuleType.ACCEPT);
		}
		return new IpSubnetFilterRule(range, NetUtil.isValidIpV6Address(range) ? 128 : 32, IpFilterRuleType.ACCEPT);
	}

	/**
	 * Return what keeps a request together with others.
	 * @param peer address of the connection's other end, or {@code null} if it has gone
	 * @param forwardedFor what proxies say, the nearest one's word last, or {@code null}
	 * @return the peer's address, or the nearest one that is no trusted proxy's, or
	 * {@code null} for nothing
	 */
	@Nullable String of(@Nullable InetSocketAddress peer, @Nullable String forwardedFor) {
		if (this.routing == Routing.SESSION || peer == null) {
			return null;
		}
		InetAddress address = peer.getAddress();
		if (this.routing == Routing.ADDRESS || forwardedFor == null) {
			return address.getHostAddress();
		}
		String[] names = forwardedFor.split(",");
		for (int i = names.length - 1; i >= 0 && isTrusted(address); i--) {
			InetAddress next = parse(names[i].trim());
			if (next == null) {
				break;
			}
			address = next;
		}
		return address.getHostAddress();
	}

	private boolean isTrusted(InetAddress address) {
		InetSocketAddress end = new InetSocketAddress(address, ANY_PORT);
		return this.trusted.stream().anyMatch((rule) -> rule.matches(end));
	}

	private static @Nullable InetAddress parse(String name) {
		String address = name;
		if (name.startsWith("[")) {
			int end = name.indexOf(']');
			address = name.substring(1, (end != -1) ? end : name.length());
		}
		else if (name.indexOf(':') != -1 && name.indexOf(':') == name.lastIndexOf(':')) {
			address = name.substring(0, name.indexOf(':'));
		}
		return NetUtil.createInetAddressFromIpAddressString(address);
	}

}
