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

import java.time.Duration;

import javax.net.ssl.SSLContext;

import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a proxy. Immutable.
 *
 * @param maxHeadSize largest request line and largest header of a request, in bytes
 * @param headTimeout how long a request's head may take from its first byte, the first
 * one of a connection from the connection on
 * @param idleTimeout how long a connection of a client may wait for its next request
 * @param transferTimeout how long a body may stand still, in either direction, because
 * one side does not send, or does not take, its bytes
 * @param workerTimeout how long a request waits for a worker
 * @param maxWaiting how many requests may wait for a worker; those beyond are refused at
 * once
 * @param origin how workers learn who the client is
 * @param ssl TLS towards clients, or {@code null} for plain text
 * @param forwarding what is believed of what proxies in front say about clients
 * @since 0.1.0
 */
public record ProxyConfig(int maxHeadSize, Duration headTimeout, Duration idleTimeout, Duration transferTimeout,
		Duration workerTimeout, int maxWaiting, Origin origin, @Nullable SSLContext ssl, ForwardingConfig forwarding) {

	/**
	 * Usual time for which a body may stand still.
	 */
	public static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);

	/**
	 * Usual number of requests that may wait for a worker.
	 */
	public static final int MAX_WAITING = 1024;

	/**
	 * Create settings of a proxy that believes no other.
	 * @param maxHeadSize largest request line and largest header of a request, in bytes
	 * @param headTimeout how long a request's head may take from its first byte, the
	 * first one of a connection from the connection on
	 * @param idleTimeout how long a connection of a client may wait for its next request
	 * @param transferTimeout how long a body may stand still
	 * @param workerTimeout how long a request waits for a worker
	 * @param maxWaiting how many requests may wait for a worker
	 * @param origin how workers learn who the client is
	 * @param ssl context of TLS towards clients, or {@code null} for plain text
	 */
	public ProxyConfig(int maxHeadSize, Duration headTimeout, Duration idleTimeout, Duration transferTimeout,
			Duration workerTimeout, int maxWaiting, Origin origin, @Nullable SSLContext ssl) {
		this(maxHeadSize, headTimeout, idleTimeout, transferTimeout, workerTimeout, maxWaiting, origin, ssl,
				ForwardingConfig.NONE);
	}

	/**
	 * How workers learn who the client is.
	 */
	public enum Origin {

		/**
		 * Each connection to a worker begins with a PROXY protocol header, version 2, and
		 * carries requests of one client only. Headers stay as they are.
		 */
		PREAMBLE,

		/**
		 * {@code X-Forwarded-For} tells the address of the peer; {@code Forwarded} and
		 * {@code X-Forwarded-*} of the client are dropped.
		 */
		REPLACED_HEADERS,

		/**
		 * The address of the peer is added to {@code X-Forwarded-For} of the client,
		 * whose other headers stay as they are.
		 */
		EXTENDED_HEADERS

	}

}
