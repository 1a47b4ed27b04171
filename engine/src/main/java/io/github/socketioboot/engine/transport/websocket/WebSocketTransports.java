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

package io.github.socketioboot.engine.transport.websocket;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.transport.Transport;
import io.github.socketioboot.engine.transport.TransportListener;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/**
 * Turns channels whose opening handshake is done into WebSocket transports. Thread-safe.
 *
 * @since 0.1.0
 */
public final class WebSocketTransports {

	/**
	 * Name of the frame decoder in a pipeline.
	 */
	public static final String DECODER = "webSocketDecoder";

	/**
	 * Name of the frame encoder in a pipeline, there with compression only.
	 */
	public static final String ENCODER = "webSocketEncoder";

	/**
	 * Name of the transport's handler in a pipeline.
	 */
	public static final String TRANSPORT = "webSocketTransport";

	private final int maxPayload;

	private final WebSocketDecoderConfig plain;

	private final WebSocketDecoderConfig extended;

	/**
	 * Create a factory.
	 * @param maxPayload largest message in bytes
	 */
	public WebSocketTransports(int maxPayload) {
		this.maxPayload = maxPayload;
		this.plain = decoderConfig(maxPayload, false);
		this.extended = decoderConfig(maxPayload, true);
	}

	/**
	 * Put the handlers of a transport into a pipeline. The transport starts to read when
	 * {@link Transport#listener} has been called and the channel reads.
	 * @param pipeline pipeline of the channel
	 * @param after name of the handler behind which frames are to be decoded
	 * @param version version of the client
	 * @param compressed whether permessage-deflate was negotiated and its handlers stand
	 * behind {@code after}
	 * @param answersClose whether the client answers a Close frame. One that does not is
	 * left without it, as it would not even notice the end of the connection after it
	 * @param loop loop of the session, on which the channel is or will be registered
	 * @param listener who is told
	 * @return the transport
	 */
	public Transport install(ChannelPipeline pipeline, String after, EngineVersion version, boolean compressed,
			boolean answersClose, EngineLoop loop, TransportListener listener) {
		DirectOutput direct = DirectOutput.of(pipeline, after);
		pipeline.addAfter(after, DECODER, new WebSocket13FrameDecoder(compressed ? this.extended : this.plain));
		if (compressed) {
			pipeline.addAfter(DECODER, ENCODER, new WebSocket13FrameEncoder(false));
		}
		WebSocketTransportHandler handler = new WebSocketTransportHandler(loop, version, this.maxPayload, compressed,
				answersClose, direct, listener);
		pipeline.addLast(TRANSPORT, handler);
		return handler;
	}

	private static WebSocketDecoderConfig decoderConfig(int maxPayload, boolean extensions) {
		return WebSocketDecoderConfig.newBuilder()
			.maxFramePayloadLength(maxPayload)
			.expectMaskedFrames(true)
			.allowMaskMismatch(false)
			.allowExtensions(extensions)
			.closeOnProtocolViolation(false)
			.withUTF8Validator(false)
			.build();
	}

}
