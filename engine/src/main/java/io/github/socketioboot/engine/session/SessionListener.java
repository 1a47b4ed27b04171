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

import io.netty.buffer.ByteBuf;

/**
 * The layer above a session. Called on the session's loop only, one call at a time.
 *
 * @since 0.1.0
 */
public interface SessionListener {

	/**
	 * A text message has come.
	 * @param message the message behind its Engine.IO type; stays the caller's
	 */
	void onText(ByteBuf message);

	/**
	 * A binary message has come.
	 * @param data its bytes; stays the caller's
	 */
	void onBinary(ByteBuf data);

	/**
	 * A heartbeat has come from the client: a pong in version 4, a ping in version 3.
	 */
	void onHeartbeat();

	/**
	 * The session goes on over another transport.
	 */
	default void onUpgrade() {
	}

	/**
	 * The session is about to be closed by the server and reads no more. What was
	 * received before is to be finished first.
	 * @param finished to be run on the loop, once, when handlers have run and
	 * acknowledgements have been sent
	 */
	default void onDrain(Runnable finished) {
		finished.run();
	}

	/**
	 * The session has ended. Called once, last.
	 * @param reason why
	 */
	void onClose(CloseReason reason);

}
