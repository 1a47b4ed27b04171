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

import java.util.List;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.github.socketioboot.engine.namespace.Ack;
import org.jspecify.annotations.Nullable;

/**
 * netty-socketio's view of an {@link Ack}. Thread-safe; may be kept and answered after
 * the listener has returned if the ack mode is manual.
 */
final class EngineAckRequest extends AckRequest {

	/**
	 * For all events that ask for no answer.
	 */
	static final AckRequest NONE = new EngineAckRequest(null);

	private static final Packet UNUSED = new Packet(PacketType.MESSAGE);

	private final @Nullable Ack ack;

	@SuppressWarnings("NullAway") // The client is used by methods that are overridden
	private EngineAckRequest(@Nullable Ack ack) {
		super(UNUSED, null);
		this.ack = ack;
	}

	static AckRequest of(@Nullable Ack ack) {
		return (ack != null) ? new EngineAckRequest(ack) : NONE;
	}

	@Override
	public boolean isAckRequested() {
		return this.ack != null;
	}

	/**
	 * Note that nobody is going to answer.
	 */
	void abandon() {
		if (this.ack != null) {
			this.ack.abandon();
		}
	}

	@Override
	public void sendAckData(List<Object> objs) {
		if (this.ack != null) {
			this.ack.send(objs);
		}
	}

}
