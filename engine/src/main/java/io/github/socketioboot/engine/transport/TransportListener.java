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

package io.github.socketioboot.engine.transport;

import io.github.socketioboot.engine.protocol.EnginePacketType;
import io.netty.buffer.ByteBuf;

/**
 * Is told what a transport receives. Called on the transport's loop only, one call at a
 * time; nothing comes after one of the three ends.
 *
 * @since 0.1.0
 */
public interface TransportListener {

	/**
	 * A packet has come.
	 * @param transport the transport
	 * @param type type of the packet
	 * @param binary whether the content is binary
	 * @param content what follows the type; stays the caller's
	 */
	void onPacket(Transport transport, EnginePacketType type, boolean binary, ByteBuf content);

	/**
	 * The client sent something that is no packet.
	 * @param transport the transport, still able to send
	 */
	void onParseError(Transport transport);

	/**
	 * The transport failed.
	 * @param transport the transport
	 */
	void onTransportError(Transport transport);

	/**
	 * The transport was closed, by the client or as {@link Transport#close()} asked.
	 * @param transport the transport
	 */
	void onTransportClose(Transport transport);

}
