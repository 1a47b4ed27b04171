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

package io.github.socketioboot.engine.wire;

import java.nio.charset.StandardCharsets;

import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EnginePacketType;
import io.github.socketioboot.engine.protocol.EnginePackets;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Sends text back, and the bytes of binary messages as text.
 */
final class EngineEcho implements SessionListener {

	private final Session session;

	EngineEcho(Session session) {
		this.session = session;
	}

	@Override
	public void onText(ByteBuf message) {
		send(this.session, message.toString(StandardCharsets.UTF_8));
	}

	@Override
	public void onBinary(ByteBuf data) {
		send(this.session, "binary " + ByteBufUtil.hexDump(data));
	}

	@Override
	public void onHeartbeat() {
		// Of no interest here
	}

	@Override
	public void onClose(CloseReason reason) {
		// Recorded elsewhere
	}

	/**
	 * Send a message. Event loop only.
	 */
	static void send(Session session, String text) {
		EncodedPacket packet = EnginePackets.encode(EnginePacketType.MESSAGE, text);
		session.send(packet);
		packet.release();
	}

}
