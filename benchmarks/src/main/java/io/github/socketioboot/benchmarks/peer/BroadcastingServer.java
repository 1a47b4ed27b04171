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

package io.github.socketioboot.benchmarks.peer;

import java.time.Duration;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.engine.netty.ServerConfig;
import io.github.socketioboot.engine.session.SessionConfig;

/**
 * What each server of a cluster does.
 */
final class BroadcastingServer {

	private static final Duration QUIET = Duration.ofMinutes(10);

	private BroadcastingServer() {
	}

	static ServerConfig config() {
		ServerConfig server = ServerConfig.DEFAULT;
		SessionConfig session = SessionConfig.DEFAULT;
		return new ServerConfig("127.0.0.1", 0, server.path(), 1, server.cors(), server.cookie(), server.limits(),
				server.httpCompressionThreshold(), server.webSocketCompression(), server.serveClient(),
				server.healthPath(), null,
				new SessionConfig(session.transports(), session.allowUpgrades(), session.allowEio3(), QUIET, QUIET,
						session.upgradeTimeout(), session.maxPayload(), session.maxOutboundBuffer()));
	}

	static void listen(SocketIOServer server) {
		server.addEventListener("echo", String.class, (client, text, ack) -> client.sendEvent("echo", text));
		server.addMultiTypeEventListener("broadcast", (client, arguments, ack) -> {
			int times = arguments.get(1);
			for (int i = 0; i < times; i++) {
				server.getBroadcastOperations().sendEvent(PeerProcess.BROADCAST_EVENT, (String) arguments.get(0));
			}
		}, String.class, Integer.class);
	}

}
