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

import com.corundumstudio.socketio.SocketIOClient;
import io.github.socketioboot.engine.session.CloseReason;

/**
 * Listener for clients that leave a namespace, with the reason that netty-socketio's own
 * listener lacks. Called on a handler thread, once per client that was connected, after
 * all of its events.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DisconnectReasonListener {

	/**
	 * A client has left.
	 * @param client the client; its rooms are gone
	 * @param reason why
	 */
	void onDisconnect(SocketIOClient client, CloseReason reason);

}
