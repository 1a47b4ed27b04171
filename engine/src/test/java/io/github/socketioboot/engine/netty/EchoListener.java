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
import java.util.function.Consumer;

import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EnginePacketType;
import io.github.socketioboot.engine.protocol.EnginePackets;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionListener;
import io.netty.buffer.ByteBuf;

/**
 * Sends back what it receives.
 *
 * @param session the session
 * @param closed told why the session ended
 */
record EchoListener(Session session, Consumer<CloseReason> closed) implements SessionListener {

	@Override
	public void onText(ByteBuf message) {
		EncodedPacket packet = EnginePackets.encode(EnginePacketType.MESSAGE, message.toString(StandardCharsets.UTF_8));
		this.session.send(packet);
		packet.release();
	}

	@Override
	public void onBinary(ByteBuf data) {
		onText(data);
	}

	@Override
	public void onHeartbeat() {
		// Of no interest here.
	}

	@Override
	public void onClose(CloseReason reason) {
		this.closed.accept(reason);
	}

}
