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

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.socketioboot.engine.Mutations;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random damage to everything a client sends: the server must serve others as before,
 * keep nothing, and have nothing to say about it in its log.
 */
@Timeout(300)
class MalformedTrafficIntegrationTests {

	private static final int PACKETS = 5_000;

	private static final int REQUESTS = 1_000;

	private static final int PACKETS_PER_WEBSOCKET = 10;

	private static final int CHECK_INTERVAL = 1_000;

	private static final long MAX_DIRECT_MEMORY = 256L << 20;

	private static final long MAX_HEAP_GROWTH = 64L << 20;

	private static final List<byte[]> MESSAGES = Mutations.utf8("40", "40/admin,{\"token\":\"a\"}", "41/admin,",
			"42[\"echo\",\"bar\",1,null,true,{\"a\":[1]}]", "4212[\"echo\",-1.5e3,\"\\u20ac\"]",
			"42/admin,13[\"echo\"]", "4312[\"ok\"]", "44/deny,{\"message\":\"no\"}",
			"452-[\"echo\",{\"_placeholder\":true,\"num\":0},{\"x\":{\"_placeholder\":true,\"num\":1}}]",
			"461-/admin,7[\"ok\",{\"_placeholder\":true,\"num\":0}]", "2probe", "3", "5", "bAQIDBA==");

	private static final List<byte[]> BODIES = Mutations.utf8("40\u001e42[\"echo\",1]", "40\u001e40/admin,\u001e41",
			"451-[\"echo\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==", "3\u001e2\u001e1", "6:40/abc2:40",
			"10:b4AQIDBA==2:4a", "\u0000\u0004");

	private final Mutations mutations = new Mutations(20240229);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@RegisterExtension
	private final WireServer server = new WireServer();

	@BeforeEach
	void start() throws Exception {
		this.log.start();
		rootLogger().addAppender(this.log);
		this.server.ping(5000, 5000).connectTimeout(5000).allowEio3().startSocketIo();
	}

	@AfterEach
	void detachLog() {
		rootLogger().detachAppender(this.log);
	}

	@Test
	void polling() throws Exception {
		long heap = usedHeap();
		RawHttp http = new RawHttp(this.server.port());
		for (int i = 0; i < PACKETS; i++) {
			String version = (i % 4 == 0) ? "EIO=3" : "EIO=4";
			String handshake = http.get("/socket.io/?transport=polling&" + version).text();
			int sid = handshake.indexOf("sid") + 6;
			String target = "/socket.io/?transport=polling&" + version + "&sid=" + handshake.substring(sid, sid + 20);
			String type = (i % 8 == 0) ? "Content-Type: application/octet-stream" : "Content-Type: text/plain";
			assertThat(http.post(target, this.mutations.of(BODIES), type).status()).isEqualTo(200);
			// Otherwise the close of the session waits for a poll
			http.post(target, (i % 4 == 0) ? "1:1" : "1");
			if (i % CHECK_INTERVAL == 0) {
				assertServed();
			}
		}
		http.close();
		assertHealthy(heap);
	}

	@Test
	void webSocket() throws Exception {
		long heap = usedHeap();
		for (int i = 0; i < PACKETS / PACKETS_PER_WEBSOCKET; i++) {
			String version = (i % 4 == 0) ? "EIO=3" : "EIO=4";
			try (RawWebSocket client = RawWebSocket.open(this.server.port(),
					"/socket.io/?transport=websocket&" + version)) {
				client.next();
				sendDamage(client);
			}
			if (i % (CHECK_INTERVAL / PACKETS_PER_WEBSOCKET) == 0) {
				assertServed();
			}
		}
		assertHealthy(heap);
	}

	@Test
	void requestsAndFrames() throws Exception {
		long heap = usedHeap();
		for (int i = 0; i < REQUESTS; i++) {
			try (RawHttp http = new RawHttp(this.server.port())) {
				byte[] request = (http.head((i % 2 == 0) ? "GET" : "POST", WireServer.POLLING,
						RawWebSocket.upgrade("Content-Length: 2", "Origin: http://localhost")) + "\r\n4a")
					.getBytes(StandardCharsets.UTF_8);
				http.send(this.mutations.of(List.of(request)));
			}
			try (RawWebSocket client = RawWebSocket.open(this.server.port(), WireServer.WEBSOCKET)) {
				client.raw(this.mutations.of(List.of(new byte[] { (byte) 0x81, (byte) 0x82, 1, 2, 3, 4, '5', '2' })));
			}
			catch (EOFException | SocketException ex) {
				// The server has closed the connection before all was sent
			}
		}
		assertHealthy(heap);
	}

	private void sendDamage(RawWebSocket client) throws IOException {
		try {
			client.text("40");
			for (int i = 0; i < PACKETS_PER_WEBSOCKET; i++) {
				client.frame((this.mutations.isOneOf(5)) ? 0x82 : 0x81, this.mutations.of(MESSAGES));
			}
		}
		catch (SocketException ex) {
			// The server has closed the connection before all was sent
		}
	}

	private void assertServed() throws Exception {
		try (RawWebSocket client = RawWebSocket.open(this.server.port(), WireServer.WEBSOCKET)) {
			assertThat(client.next()).startsWith("0{");
			assertThat(client.text("40").next()).startsWith("40{");
			assertThat(client.text("42[\"echo\",\"still here\"]").next()).isEqualTo("42[\"echo\",\"still here\"]");
		}
	}

	private void assertHealthy(long heapBefore) throws Exception {
		assertServed();
		// Sessions are forgotten before their sockets
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			assertThat(this.server.server().sessions()).isZero();
			assertThat(this.server.namespace("/").sockets()).isEmpty();
			assertThat(this.server.namespace("/admin").sockets()).isEmpty();
		});
		assertServed();
		assertThat(this.log.list.stream().filter((event) -> event.getLevel().isGreaterOrEqual(Level.WARN)))
			.as("warnings and errors in the log")
			.isEmpty();
		assertThat(((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory())
			.isLessThan(MAX_DIRECT_MEMORY);
		this.server.forget();
		assertThat(usedHeap() - heapBefore).isLessThan(MAX_HEAP_GROWTH);
	}

	private static long usedHeap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static Logger rootLogger() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

}
