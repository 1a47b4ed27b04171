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

package io.github.socketioboot.cluster.primary;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.LinkFrame.Command;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.engine.netty.EngineServer;
import io.github.socketioboot.engine.netty.ServerConfig;
import io.github.socketioboot.engine.netty.forwarded.ForwardedHeaders;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.github.socketioboot.engine.netty.forwarded.ProxyProtocol;
import io.github.socketioboot.engine.netty.forwarded.TrustedProxies;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EnginePacketType;
import io.github.socketioboot.engine.protocol.EnginePackets;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionIds;
import io.github.socketioboot.engine.session.SessionListener;
import io.netty.buffer.ByteBuf;

/**
 * A worker without Spring: echoes messages, and tells on request what a test wants to
 * know.
 */
public final class WorkerProgram {

	private static final Duration DRAIN = Duration.ofSeconds(5);

	private static final long WAIT_SECONDS = 60;

	private final Worker worker;

	private final EngineServer server;

	private final EngineStatistics statistics = new EngineStatistics();

	/**
	 * What workers and primary believe with the argument {@code trusting}.
	 */
	static final ForwardingConfig TRUSTING = new ForwardingConfig(TrustedProxies.of(List.of("127.0.0.1")),
			ForwardedHeaders.X_FORWARDED, ProxyProtocol.OPTIONAL);

	private WorkerProgram(WorkerIdentity identity, ForwardingConfig forwarding) throws Exception {
		this.worker = Worker.connect(identity, 0, LinkConfig.DEFAULT)
			.toCompletableFuture()
			.get(WAIT_SECONDS, TimeUnit.SECONDS);
		this.server = new EngineServer(config(forwarding), Echo::new, null, Runnable::run, this.statistics,
				new SessionIds(identity.sidPrefix()), this.worker.connections());
	}

	private static ServerConfig config(ForwardingConfig forwarding) {
		ServerConfig defaults = ServerConfig.DEFAULT;
		return new ServerConfig(defaults.host(), defaults.port(), defaults.path(), defaults.loops(), defaults.cors(),
				defaults.cookie(), defaults.limits(), defaults.httpCompressionThreshold(),
				defaults.webSocketCompression(), defaults.serveClient(), defaults.healthPath(), defaults.sslContext(),
				defaults.session(), forwarding);
	}

	public static void main(String[] arguments) throws Exception {
		WorkerIdentity identity = Objects.requireNonNull(WorkerIdentity.from(System.getenv()));
		if (arguments.length > 0 && arguments[0].equals("fail")) {
			System.exit(7);
		}
		boolean trusting = arguments.length > 0 && arguments[0].equals("trusting");
		new WorkerProgram(identity, trusting ? TRUSTING : ForwardingConfig.NONE).run();
		// Kept alive by the web server's thread
	}

	private void run() throws Exception {
		this.server.start().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
		this.worker.listen(new Wishes());
		this.worker.transport().open(new Ignoring());
		HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		web.createContext("/", (exchange) -> {
			byte[] body = answer(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			try (OutputStream out = exchange.getResponseBody()) {
				out.write(body);
			}
		});
		web.start();
		this.worker.ready(web.getAddress().getPort(), 0);
	}

	private String answer(String path) {
		HostStatus host = this.worker.host();
		return switch (path) {
			case "/pid" -> Long.toString(ProcessHandle.current().pid());
			case "/host" -> host + " of " + ProcessHandle.current().pid();
			case "/sessions" -> Integer.toString(this.server.sessions());
			default -> {
				if (path.startsWith("/command/")) {
					String[] parts = path.split("/");
					yield this.worker
						.command(Command.Action.valueOf(parts[2].toUpperCase(Locale.ROOT)), Integer.parseInt(parts[3]))
						.toCompletableFuture()
						.join()
						.toString();
				}
				yield path;
			}
		};
	}

	private record Echo(Session session) implements SessionListener {

		@Override
		public void onText(ByteBuf message) {
			String text = message.toString(StandardCharsets.UTF_8);
			String answer = switch (text) {
				case "pid" -> Long.toString(ProcessHandle.current().pid());
				case "origin" -> this.session.handshake().remoteAddress() + " " + this.session.handshake().secure();
				default -> text;
			};
			EncodedPacket packet = EnginePackets.encode(EnginePacketType.MESSAGE, answer);
			this.session.send(packet);
			packet.release();
		}

		@Override
		public void onBinary(ByteBuf data) {
			// Of no interest here
		}

		@Override
		public void onHeartbeat() {
			// Of no interest here
		}

		@Override
		public void onClose(CloseReason reason) {
			// Of no interest here
		}

	}

	private final class Wishes implements Worker.Listener {

		@Override
		public void onDrain(boolean closeSessions) {
			if (closeSessions) {
				WorkerProgram.this.server.drain(DRAIN, Duration.ZERO);
			}
			else {
				WorkerProgram.this.server.refuseSessions();
			}
		}

		@Override
		public void onStop() {
			WorkerProgram.this.server.drain(DRAIN, Duration.ZERO).whenComplete((drained, failure) -> System.exit(0));
		}

		@Override
		public void onPrimaryLost() {
			Runtime.getRuntime().halt(3);
		}

		@Override
		public void onHost(HostStatus status) {
			// Asked for when needed
		}

	}

	private static final class Ignoring implements ClusterTransport.Listener {

		@Override
		public void onMessage(String memberId, ByteBuf message) {
			// Of no interest here
		}

		@Override
		public void onJoin(String memberId) {
			// Of no interest here
		}

		@Override
		public void onLeave(String memberId) {
			// Of no interest here
		}

	}

}
