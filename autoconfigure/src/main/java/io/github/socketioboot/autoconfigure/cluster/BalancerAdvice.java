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

package io.github.socketioboot.autoconfigure.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.autoconfigure.SocketIoProperties.Cluster.Adapter;
import io.github.socketioboot.autoconfigure.SocketIoProperties.Cluster.Routing;
import io.github.socketioboot.autoconfigure.SocketIoProperties.Forwarded;
import io.github.socketioboot.autoconfigure.SocketIoProperties.ProxyProtocol;
import io.github.socketioboot.autoconfigure.SocketIoProperties.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.StringUtils;

/**
 * Warns at the start of what cannot work well behind a balancer, as far as the
 * configuration shows it. Once per host: by the primary, or by a single process.
 */
final class BalancerAdvice implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(BalancerAdvice.class);

	private final SocketIoProperties properties;

	private final boolean worker;

	/**
	 * Create advice for this process.
	 * @param properties the properties
	 * @param worker whether the primary has logged it
	 */
	BalancerAdvice(SocketIoProperties properties, boolean worker) {
		this.properties = properties;
		this.worker = worker;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!this.worker) {
			log(this.properties);
		}
	}

	/**
	 * Log the warnings.
	 * @param properties the properties, checked before
	 */
	static void log(SocketIoProperties properties) {
		of(properties).forEach(logger::warn);
	}

	/**
	 * Return the warnings.
	 * @param properties the properties
	 * @return a line each
	 */
	static List<String> of(SocketIoProperties properties) {
		List<String> advice = new ArrayList<>();
		boolean severalNodes = properties.cluster().adapter() == Adapter.REDIS;
		if (severalNodes && properties.transports().contains(Transport.POLLING)
				&& !StringUtils.hasText(properties.cookie().name()) && properties.balancer().affinity() == null) {
			advice.add("Polling clients need a balancer that brings all requests of a client to the same server. "
					+ "Say how it does so in 'socketio.balancer.affinity' (address, cookie, other), "
					+ "give it a cookie to go by with 'socketio.cookie.name', "
					+ "or offer no polling with 'socketio.transports=websocket'.");
		}
		Duration silence = properties.pingInterval().plus(properties.pingTimeout());
		Duration readTimeout = properties.balancer().readTimeout();
		if ((severalNodes || isBehindProxy(properties)) && silence.compareTo(readTimeout) >= 0) {
			advice.add(("Connections may be silent for %dms ('socketio.ping-interval' and 'socketio.ping-timeout'), "
					+ "and a balancer gives them up after %dms ('socketio.balancer.read-timeout', many have 60s). "
					+ "Shorten the pings, or give the balancer more time and say so in that property.")
				.formatted(silence.toMillis(), readTimeout.toMillis()));
		}
		if (properties.cluster().routing() == Routing.FORWARDED_FOR) {
			addForwardedFor(properties, advice);
		}
		return advice;
	}

	private static void addForwardedFor(SocketIoProperties properties, List<String> advice) {
		if (properties.trustedProxies().isEmpty()) {
			advice.add("'socketio.cluster.routing=forwarded-for' goes by the address of whoever connects, as nobody's "
					+ "headers are believed. Set 'socketio.trusted-proxies' to the addresses of the proxies and "
					+ "'socketio.forwarded-headers' to what they send, or the routing to address.");
		}
		else if (properties.forwardedHeaders() == Forwarded.NONE && properties.proxyProtocol() == ProxyProtocol.NONE) {
			advice
				.add("'socketio.cluster.routing=forwarded-for' goes by X-Forwarded-For, which neither the application "
						+ "nor the limits look at: to them all clients have the proxy's address. Set "
						+ "'socketio.forwarded-headers' to x-forwarded, or to forwarded if the proxies send that.");
		}
	}

	private static boolean isBehindProxy(SocketIoProperties properties) {
		return properties.forwardedHeaders() != Forwarded.NONE || properties.proxyProtocol() != ProxyProtocol.NONE
				|| !properties.trustedProxies().isEmpty() || properties.balancer().affinity() != null
				|| properties.cluster().local().workerPort() != null;
	}

}
