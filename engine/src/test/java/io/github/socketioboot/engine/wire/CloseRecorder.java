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

import java.util.Queue;

import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.SessionListener;
import io.netty.buffer.ByteBuf;

/**
 * Notes why a session ended, and passes everything on.
 */
final class CloseRecorder implements SessionListener {

	private final SessionListener next;

	private final Queue<CloseReason> closed;

	CloseRecorder(SessionListener next, Queue<CloseReason> closed) {
		this.next = next;
		this.closed = closed;
	}

	@Override
	public void onText(ByteBuf message) {
		this.next.onText(message);
	}

	@Override
	public void onBinary(ByteBuf data) {
		this.next.onBinary(data);
	}

	@Override
	public void onHeartbeat() {
		this.next.onHeartbeat();
	}

	@Override
	public void onDrain(Runnable drained) {
		this.next.onDrain(drained);
	}

	@Override
	public void onClose(CloseReason reason) {
		this.next.onClose(reason);
		this.closed.add(reason);
	}

}
