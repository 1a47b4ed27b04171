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

package io.github.socketioboot.engine.bridge;

import java.net.InetSocketAddress;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.corundumstudio.socketio.HandshakeData;
import io.github.socketioboot.engine.session.Handshake;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * netty-socketio's view of a {@link Handshake}, made when asked for. Not thread-safe;
 * each call of {@code getHandshakeData()} makes a new one.
 */
final class EngineHandshakeData extends HandshakeData {

	private static final long serialVersionUID = 1L;

	private final transient Handshake handshake;

	private final transient @Nullable EngineSocketIOClient client;

	private transient @Nullable HttpHeaders headers;

	private transient @Nullable Map<String, List<String>> parameters;

	/**
	 * Create data.
	 * @param handshake the request
	 * @param client keeps the auth payload, or {@code null} before there is a client
	 */
	EngineHandshakeData(Handshake handshake, @Nullable EngineSocketIOClient client) {
		this.handshake = handshake;
		this.client = client;
	}

	@Override
	public InetSocketAddress getAddress() {
		return this.handshake.remoteAddress();
	}

	@Override
	public InetSocketAddress getLocal() {
		return this.handshake.localAddress();
	}

	@Override
	public HttpHeaders getHttpHeaders() {
		HttpHeaders headers = this.headers;
		if (headers == null) {
			headers = this.handshake.headers();
			this.headers = headers;
		}
		return headers;
	}

	@Override
	public Date getTime() {
		return new Date(this.handshake.issued());
	}

	@Override
	public String getUrl() {
		return this.handshake.uri();
	}

	@Override
	public boolean isXdomain() {
		return this.handshake.crossDomain();
	}

	@Override
	public Map<String, List<String>> getUrlParams() {
		Map<String, List<String>> parameters = this.parameters;
		if (parameters == null) {
			parameters = this.handshake.query();
			this.parameters = parameters;
		}
		return parameters;
	}

	@Override
	public @Nullable String getSingleUrlParam(String name) {
		List<String> values = getUrlParams().get(name);
		return (values != null && values.size() == 1) ? values.get(0) : null;
	}

	@Override
	public void setAuthToken(@Nullable Object token) {
		if (this.client != null) {
			this.client.auth(token);
		}
	}

	@Override
	public @Nullable Object getAuthToken() {
		return (this.client != null) ? this.client.auth() : null;
	}

}
