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

import io.github.socketioboot.engine.transport.websocket.WebSocketTransports;

/**
 * Names of the handlers of a channel, in the order in which they stand:
 * <p>
 * HTTP: {@link #TLS}, {@link #HTTP_CODEC}, {@link #WEBSOCKET_COMPRESSION},
 * {@link #HTTP_FRONT}.
 * <p>
 * WebSocket: {@link #TLS}, {@link WebSocketTransports#DECODER}, with compression
 * {@link WebSocketTransports#ENCODER} and the handlers of the extension, then
 * {@link WebSocketTransports#TRANSPORT}.
 */
final class PipelineNames {

	/**
	 * TLS, if configured.
	 */
	static final String TLS = "tls";

	/**
	 * HTTP/1 decoder and encoder.
	 */
	static final String HTTP_CODEC = "httpCodec";

	/**
	 * Negotiates permessage-deflate, if configured.
	 */
	static final String WEBSOCKET_COMPRESSION = "webSocketCompression";

	/**
	 * Requests and answers.
	 */
	static final String HTTP_FRONT = "httpFront";

	private PipelineNames() {
	}

}
