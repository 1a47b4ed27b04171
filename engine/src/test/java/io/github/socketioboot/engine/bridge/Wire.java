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

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.engine.netty.ServerConfig;
import io.netty.channel.ChannelFuture;
import org.awaitility.Awaitility;

/**
 * The wire under netty-socketio's model: the engine's or its own.
 */
enum Wire {

	OURS(Duration.ofSeconds(30)) {

		@Override
		SocketIOServer create(Configuration configuration) {
			return new EngineSocketIOServer(configuration);
		}

		@Override
		int start(SocketIOServer server) {
			server.start();
			return ((EngineSocketIOServer) server).port();
		}

	},

	STOCK(Duration.ofSeconds(3)) {

		@Override
		SocketIOServer create(Configuration configuration) {
			return new SocketIOServer(configuration);
		}

		@Override
		int start(SocketIOServer server) {
			ChannelFuture bound = (ChannelFuture) server.startAsync().syncUninterruptibly();
			return ((InetSocketAddress) bound.channel().localAddress()).getPort();
		}

	};

	static {
		// For slow machines; what is awaited comes at once on others
		Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
	}

	private static final Queue<Thread> STOPPING = new ConcurrentLinkedQueue<>();

	private final Duration patience;

	Wire(Duration patience) {
		this.patience = patience;
	}

	abstract SocketIOServer create(Configuration configuration);

	abstract int start(SocketIOServer server);

	/**
	 * How long to wait for what happens on a safe server. The vulnerable one lets it pass
	 * in full.
	 */
	Duration patience() {
		return this.patience;
	}

	boolean isVulnerable() {
		return this == STOCK;
	}

	AttackedServer serve(Consumer<SocketIOServer> listeners) {
		return serve(listeners, (configuration) -> {
		});
	}

	AttackedServer serve(Consumer<SocketIOServer> listeners, Consumer<Configuration> settings) {
		Configuration configuration = new Configuration();
		configuration.setHostname("127.0.0.1");
		configuration.setPort(0);
		configuration.setBossThreads(1);
		configuration.setWorkerThreads(2);
		settings.accept(configuration);
		SocketIOServer server = create(configuration);
		listeners.accept(server);
		return new AttackedServer(server, start(server));
	}

	/**
	 * Build a server of ours for a free port of the loopback interface, with one event
	 * loop.
	 */
	static EngineSocketIOServer build(EngineSocketIOServerBuilder builder) {
		ServerConfig defaults = ServerConfig.DEFAULT;
		return builder
			.server(new ServerConfig("127.0.0.1", 0, defaults.path(), 1, defaults.cors(), null, defaults.limits(), -1,
					false, false, "", null, defaults.session()))
			.build();
	}

	static AttackedServer run(EngineSocketIOServer server) {
		return new AttackedServer(server, OURS.start(server));
	}

	/**
	 * Wait for the servers that are being stopped.
	 */
	static void awaitStopped() throws InterruptedException {
		for (Thread stop = STOPPING.poll(); stop != null; stop = STOPPING.poll()) {
			stop.join();
		}
	}

	/**
	 * A server that runs.
	 */
	record AttackedServer(SocketIOServer server, int port) implements AutoCloseable {

		RawPeer connect() {
			return new RawPeer(this.port);
		}

		/**
		 * Open a WebSocket session without connecting to a namespace.
		 */
		RawPeer open() {
			RawPeer peer = connect();
			peer.upgrade("/socket.io/?EIO=4&transport=websocket");
			peer.expectText("0{");
			return peer;
		}

		/**
		 * Open a WebSocket session and connect to the namespace {@code /}.
		 */
		RawPeer join() {
			RawPeer peer = open();
			peer.sendText("40");
			peer.expectText("40{");
			return peer;
		}

		/**
		 * Stop. The stock server takes its time and is stopped beside the tests.
		 */
		@Override
		public void close() {
			if (this.server instanceof EngineSocketIOServer engine) {
				engine.stopNow().toCompletableFuture().join();
				engine.close();
				return;
			}
			Thread stop = new Thread(this.server::stop, "stock-stop");
			STOPPING.add(stop);
			stop.start();
		}

	}

}
