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

package io.github.socketioboot.cluster.primary.proxy;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.primary.proxy.ProxyConfig.Origin;
import io.github.socketioboot.engine.BufferLeakExtension;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(BufferLeakExtension.class)
class ProxyTunnelIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String UPGRADE = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\n"
			+ "Upgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n";

	private static final String SWITCH = "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: x\r\n"
			+ "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void tunnelsAfterAChangeOfProtocol(boolean nio) throws Exception {
		BlockingQueue<String> heads = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = RawUpstream.unix(this.directory.resolve("s"), (connection) -> {
			heads.add(connection.readHead());
			connection.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Accept: x\r\n\r\nfirst");
			connection.input().transferTo(connection.output());
			connection.send("last");
			connection.shutdownOutput();
		});
				ProxyFixture proxy = ProxyFixture
					.of(ProxyFixture.config(Origin.REPLACED_HEADERS), nio, ByteBufAllocator.DEFAULT)
					.with(upstream);
				RawClient client = proxy.connect()) {
			client.send(UPGRADE + "early");
			assertThat(client.readHead()).isEqualTo(SWITCH);
			assertThat(client.read(10)).isEqualTo("firstearly");
			for (int i = 0; i < 100; i++) {
				client.send("message " + i + ";");
				assertThat(client.read(("message " + i + ";").length())).isEqualTo("message " + i + ";");
			}
			assertThat(upstream.outstanding()).isOne();
			client.socket().shutdownOutput();
			assertThat(client.readToEnd()).isEqualTo("last");
			assertThat(heads.poll()).isEqualTo("GET /ws HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: k\r\n"
					+ "Connection: Upgrade\r\nUpgrade: websocket\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n");
			await().atMost(LIMIT).until(() -> upstream.outstanding() == 0);
		}
	}

	@Test
	void endsATunnelWithEitherSide() throws Exception {
		BlockingQueue<String> events = new LinkedBlockingQueue<>();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.send(SWITCH);
			if (connection.read() == 'a') {
				connection.awaitEnd();
				events.add("end");
			}
		}); ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream)) {
			try (RawClient client = proxy.connect()) {
				client.send(UPGRADE).readHead();
				client.send("a");
			}
			assertThat(events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("end");
			try (RawClient client = proxy.connect()) {
				client.send(UPGRADE).readHead();
				client.send("b");
				assertThat(client.readToEnd()).isEmpty();
			}
			await().atMost(LIMIT).until(() -> upstream.outstanding() == 0);
		}
	}

	@Test
	void passesARefusalToChangeTheProtocol() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp(RawUpstream.answering((head) -> "no"));
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect()) {
			assertThat(client.send(UPGRADE).readAnswer()).isEqualTo("200 OK|no");
			assertThat(client.get("/").readAnswer()).isEqualTo("200 OK|no");
			assertThat(upstream.connections()).isOne();
		}
	}

	@Test
	void keepsTunnelsWhileDraining() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.send(SWITCH);
			connection.input().transferTo(connection.output());
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS)).with(upstream);
				RawClient client = proxy.connect();
				RawClient idle = proxy.connect()) {
			client.send(UPGRADE).readHead();
			proxy.proxy().drain();
			assertThat(idle.readToEnd()).isEmpty();
			assertThat(client.send("abc").read(3)).isEqualTo("abc");
			proxy.proxy().close();
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void tunnelsConnectionsUnread(boolean nio) throws Exception {
		RawUpstream gone = RawUpstream.tcp(RawUpstream.answering((head) -> ""));
		gone.close();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.send("hello ");
			connection.input().transferTo(connection.output());
			connection.send(" bye");
		}); ProxyFixture proxy = ProxyFixture.tunnel(nio).with(gone, upstream); RawClient client = proxy.connect()) {
			client.send("\u0016\u0003\u0001");
			assertThat(client.read(9)).isEqualTo("hello \u0016\u0003\u0001");
			client.socket().shutdownOutput();
			assertThat(client.readToEnd()).isEqualTo(" bye");
			await().atMost(LIMIT).until(() -> upstream.outstanding() == 0);
			assertThat(gone.outstanding()).isZero();
		}
	}

	@Test
	void holdsConnectionsUntilThereIsAWorkerForThem() throws Exception {
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> connection.input().transferTo(connection.output()));
				ProxyFixture proxy = ProxyFixture.tunnel(false);
				RawClient client = proxy.connect()) {
			client.send("abc");
			await().atMost(LIMIT).until(() -> proxy.requests().size() == 2);
			try (Socket second = proxy.socket()) {
				assertThat(new RawClient(second).readToEnd()).isEmpty();
			}
			proxy.with(upstream).tunnel().upstreamsChanged();
			assertThat(client.read(3)).isEqualTo("abc");
			proxy.tunnel().close();
			assertThat(client.readToEnd()).isEmpty();
		}
	}

}
