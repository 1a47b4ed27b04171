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

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Answer to a request that Engine.IO refuses. Immutable.
 *
 * @param code code of the reference server
 * @param message message for the client, any text
 * @param status status of the answer to polling
 * @param upgradeStatus status of the answer to an upgrade, which the reference server
 * always refuses with 400
 * @since 0.1.0
 */
record EngineError(int code, String message, HttpResponseStatus status, HttpResponseStatus upgradeStatus) {

	/**
	 * Transport missing, not enabled or unheard of.
	 */
	static final EngineError TRANSPORT_UNKNOWN = new EngineError(0, "Transport unknown");

	/**
	 * Session not known.
	 */
	static final EngineError SESSION_UNKNOWN = new EngineError(1, "Session ID unknown");

	/**
	 * Handshake by a method other than GET.
	 */
	static final EngineError BAD_HANDSHAKE_METHOD = new EngineError(2, "Bad handshake method");

	/**
	 * Transport other than the session's, or {@code websocket} without an upgrade, or a
	 * malformed Origin.
	 */
	static final EngineError BAD_REQUEST = new EngineError(3, "Bad request");

	/**
	 * Refused by an interceptor without a message of its own.
	 */
	static final EngineError FORBIDDEN = forbidden("Forbidden");

	/**
	 * Page of an origin that is not allowed: 403 for upgrades too, unlike the reference
	 * server, which does not look at their Origin.
	 */
	static final EngineError FOREIGN_ORIGIN = new EngineError(4, "Origin not allowed", HttpResponseStatus.FORBIDDEN,
			HttpResponseStatus.FORBIDDEN);

	/**
	 * Engine.IO 3 where it is not allowed.
	 */
	static final EngineError UNSUPPORTED_VERSION = new EngineError(5, "Unsupported protocol version");

	private EngineError(int code, String message) {
		this(code, message, HttpResponseStatus.BAD_REQUEST, HttpResponseStatus.BAD_REQUEST);
	}

	/**
	 * Refused by an interceptor.
	 * @param message message for the client
	 * @return the error
	 */
	static EngineError forbidden(String message) {
		return new EngineError(4, message, HttpResponseStatus.FORBIDDEN, HttpResponseStatus.BAD_REQUEST);
	}

	/**
	 * Refused for now, because the server drains or a limit is reached: the client may
	 * try again later or elsewhere.
	 * @param message message for the client
	 * @return the error
	 */
	static EngineError unavailable(String message) {
		return new EngineError(4, message, HttpResponseStatus.SERVICE_UNAVAILABLE,
				HttpResponseStatus.SERVICE_UNAVAILABLE);
	}

	/**
	 * Refused because of the client's own doing. Not {@link #unavailable}: a balancer
	 * would take a server that says so often for a bad one, and one client could bring
	 * that about.
	 * @param message message for the client
	 * @return the error
	 */
	static EngineError tooMany(String message) {
		return new EngineError(4, message, HttpResponseStatus.TOO_MANY_REQUESTS, HttpResponseStatus.TOO_MANY_REQUESTS);
	}

	/**
	 * Create the answer to a polling request.
	 * @return a new response, owned by the caller
	 */
	FullHttpResponse answer() {
		StringBuilder json = new StringBuilder(this.message.length() + 32);
		json.append("{\"code\":").append(this.code).append(",\"message\":\"");
		JsonStringEncoder.getInstance().quoteAsString(this.message, json);
		json.append("\"}");
		ByteBuf body = Unpooled.wrappedBuffer(json.toString().getBytes(StandardCharsets.UTF_8));
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, this.status, body);
		response.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
			.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
		return response;
	}

	/**
	 * Create the answer to an upgrade request, after which the connection must be closed.
	 * @return a new response, owned by the caller
	 */
	FullHttpResponse upgradeAnswer() {
		ByteBuf body = Unpooled.wrappedBuffer(this.message.getBytes(StandardCharsets.UTF_8));
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, this.upgradeStatus, body);
		response.headers()
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
			.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_HTML)
			.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
		return response;
	}

}
