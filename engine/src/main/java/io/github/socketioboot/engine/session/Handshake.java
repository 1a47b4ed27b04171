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

package io.github.socketioboot.engine.session;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.engine.protocol.EngineVersion;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * The request that opened a session. Immutable and thread-safe. Kept as long as the
 * session: headers lie in one array and are parsed when asked for.
 *
 * @since 0.1.0
 */
public final class Handshake {

	private final String uri;

	private final CompactHeaders headers;

	private final InetSocketAddress remoteAddress;

	private final InetSocketAddress localAddress;

	private final EngineVersion version;

	private final boolean secure;

	private final long issued;

	/**
	 * Create a handshake.
	 * @param uri request target, path and query
	 * @param headers request headers
	 * @param remoteAddress address of the client
	 * @param localAddress address on which the server was reached
	 * @param version version of Engine.IO
	 * @param secure whether the client came over TLS
	 * @param issued time of the request, in milliseconds since 1970
	 */
	public Handshake(String uri, HttpHeaders headers, InetSocketAddress remoteAddress, InetSocketAddress localAddress,
			EngineVersion version, boolean secure, long issued) {
		this.uri = uri;
		this.headers = CompactHeaders.of(headers);
		this.remoteAddress = remoteAddress;
		this.localAddress = localAddress;
		this.version = version;
		this.secure = secure;
		this.issued = issued;
	}

	/**
	 * Return the request target.
	 * @return path and query, as sent
	 */
	public String uri() {
		return this.uri;
	}

	/**
	 * Return the query parameters.
	 * @return a new map, decoded
	 */
	public Map<String, List<String>> query() {
		return new QueryStringDecoder(this.uri).parameters();
	}

	/**
	 * Return the request headers.
	 * @return a new copy
	 */
	public HttpHeaders headers() {
		return this.headers.expand();
	}

	/**
	 * Return the address of the client.
	 * @return the address
	 */
	public InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	/**
	 * Return the address on which the server was reached.
	 * @return the address
	 */
	public InetSocketAddress localAddress() {
		return this.localAddress;
	}

	/**
	 * Return the Engine.IO version of the client.
	 * @return the version
	 */
	public EngineVersion version() {
		return this.version;
	}

	/**
	 * Return whether the client came over TLS.
	 * @return {@code true} if it did
	 */
	public boolean secure() {
		return this.secure;
	}

	/**
	 * Return whether the request bore an Origin.
	 * @return {@code true} if it did
	 */
	public boolean crossDomain() {
		return headers().contains("Origin");
	}

	/**
	 * Return when the request came.
	 * @return milliseconds since 1970
	 */
	public long issued() {
		return this.issued;
	}

}
