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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.netty.channel.epoll.Epoll;

/**
 * A peer with netty-socketio's programming model. The handlers are the same whichever
 * engine carries them.
 */
final class SocketIoServerPeer implements Peer {

	private static final String ECHO = "echo";

	private final SocketIOServer server;

	private final int port;

	private SocketIoServerPeer(SocketIOServer server, int port) {
		this.server = server;
		this.port = port;
	}

	static SocketIoServerPeer stock(PeerSettings settings) {
		Configuration configuration = configuration(settings);
		configuration.setUseLinuxNativeEpoll(Epoll.isAvailable());
		return start(new SocketIOServer(configuration), configuration.getPort());
	}

	static SocketIoServerPeer ours(PeerSettings settings) {
		Configuration configuration = configuration(settings);
		return start(new EngineSocketIOServer(configuration), configuration.getPort());
	}

	private static Configuration configuration(PeerSettings settings) {
		Configuration configuration = new Configuration();
		configuration.setHostname(InetAddress.getLoopbackAddress().getHostAddress());
		configuration.setPort((settings.port() != 0) ? settings.port() : freePort());
		configuration.setBossThreads(1);
		configuration.setWorkerThreads(settings.eventLoops());
		configuration.setPingInterval(settings.pingIntervalMillis());
		configuration.setPingTimeout(settings.pingTimeoutMillis());
		return configuration;
	}

	private static SocketIoServerPeer start(SocketIOServer server, int port) {
		server.addEventListener(ECHO, String.class, (client, data, ack) -> client.sendEvent(ECHO, data));
		server.start();
		return new SocketIoServerPeer(server, port);
	}

	// netty-socketio cannot tell which port it got, so a free one is looked for
	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public void broadcast(String event, String payload, int times) {
		for (int i = 0; i < times; i++) {
			this.server.getBroadcastOperations().sendEvent(event, payload);
		}
	}

}
