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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

import com.sun.net.httpserver.HttpServer;
import io.github.socketioboot.cluster.primary.proxy.ProxyConfig.Origin;
import io.github.socketioboot.engine.BufferLeakExtension;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Large bodies between sides of different speed, and ordinary clients and servers.
 */
@ExtendWith(BufferLeakExtension.class)
class ProxyStreamIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int LENGTH = 40 * 1024 * 1024;

	/**
	 * What one connection may hold in either direction: marks of two channels and some
	 * reads.
	 */
	private static final long BOUND = 1024 * 1024;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void passesALargeRequestToASlowWorkerWithoutKeepingIt(boolean nio) throws Exception {
		UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
		AtomicLong most = new AtomicLong();
		AtomicLong written = new AtomicLong();
		CompletableFuture<Long> received = new CompletableFuture<>();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.keepLittle();
			connection.readHead();
			CheckedInputStream input = new CheckedInputStream(connection.input(), new CRC32());
			readSlowly(input, memory, most, written);
			received.complete(input.getChecksum().getValue());
			connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS), nio, memory)
					.with(upstream);
				RawClient client = proxy.connect()) {
			client.keepLittle().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LENGTH + "\r\n\r\n");
			long sent = writeRandom(client.output(), written);
			assertThat(client.readAnswer()).isEqualTo("200 OK|");
			assertThat(received.get(60, TimeUnit.SECONDS)).isEqualTo(sent);
			assertThat(most.get()).isBetween(1L, BOUND);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void passesALargeAnswerToASlowClientWithoutKeepingIt(boolean nio) throws Exception {
		UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
		AtomicLong most = new AtomicLong();
		AtomicLong written = new AtomicLong();
		CompletableFuture<Long> sent = new CompletableFuture<>();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.keepLittle();
			connection.readHead();
			connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n");
			sent.complete(writeRandom(connection.output(), written));
			connection.awaitEnd();
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS), nio, memory)
					.with(upstream);
				RawClient client = proxy.connect()) {
			client.keepLittle().get("/").readHead();
			CheckedInputStream input = new CheckedInputStream(client.input(), new CRC32());
			readSlowly(input, memory, most, written);
			assertThat(input.getChecksum().getValue()).isEqualTo(sent.get(60, TimeUnit.SECONDS));
			assertThat(most.get()).isBetween(1L, BOUND);
		}
	}

	@Test
	void tunnelsLargeStreamsBothWaysWithoutKeepingThem() throws Exception {
		UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
		AtomicLong most = new AtomicLong();
		AtomicLong written = new AtomicLong();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.keepLittle();
			connection.readHead();
			connection.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
			connection.input().transferTo(connection.output());
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS), false, memory)
					.with(upstream);
				RawClient client = proxy.connect()) {
			client.keepLittle()
				.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
				.readHead();
			CompletableFuture<Long> sent = CompletableFuture.supplyAsync(() -> {
				try {
					return writeRandom(client.output(), written);
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			CheckedInputStream input = new CheckedInputStream(client.input(), new CRC32());
			readSlowly(input, memory, most, written);
			assertThat(input.getChecksum().getValue()).isEqualTo(sent.get(60, TimeUnit.SECONDS));
			assertThat(most.get()).isBetween(1L, 2 * BOUND);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void keepsNothingOfTunnelsThatEndAtOnce(boolean nio) throws Exception {
		UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
		byte[] part = new byte[1024 * 1024];
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.readHead();
			connection.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
			connection.input().transferTo(connection.output());
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS), nio, memory)
					.with(upstream)) {
			for (int i = 0; i < 50; i++) {
				try (RawClient client = proxy.connect()) {
					client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n").readHead();
					client.output().write(part);
					if (i % 2 == 0) {
						client.read(part.length / 2);
					}
				}
			}
			await().atMost(LIMIT).until(() -> upstream.outstanding() == 0);
			await().atMost(LIMIT).untilAsserted(() -> assertThat(memory.metric().usedDirectMemory()).isZero());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void keepsNothingOfTunnelsThatEndWithTheProxy(boolean nio) throws Exception {
		UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
		AtomicLong written = new AtomicLong();
		try (RawUpstream upstream = RawUpstream.tcp((connection) -> {
			connection.keepLittle();
			connection.readHead();
			connection.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
			connection.input().transferTo(connection.output());
		});
				ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS), nio, memory)
					.with(upstream);
				RawClient client = proxy.connect()) {
			client.keepLittle()
				.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
				.readHead();
			CompletableFuture.runAsync(() -> {
				try {
					writeRandom(client.output(), written);
				}
				catch (IOException ex) {
					// As it should be
				}
			});
			awaitStandstill(written);
			proxy.proxy().close();
			await().atMost(LIMIT).until(() -> upstream.outstanding() == 0);
			await().atMost(LIMIT).untilAsserted(() -> assertThat(memory.metric().usedDirectMemory()).isZero());
		}
	}

	@Test
	void servesOrdinaryClientsFromAnOrdinaryServer() throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		ExecutorService threads = Executors.newCachedThreadPool();
		server.setExecutor(threads);
		server.createContext("/", (exchange) -> {
			byte[] body = exchange.getRequestBody().readAllBytes();
			exchange.sendResponseHeaders(200, (body.length % 2 == 0) ? 0 : body.length);
			try (OutputStream output = exchange.getResponseBody()) {
				output.write(body);
			}
		});
		server.start();
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
		try (ProxyFixture proxy = ProxyFixture.of(ProxyFixture.config(Origin.REPLACED_HEADERS))
			.with(new OrdinaryUpstream(server.getAddress()))) {
			Random random = new Random(1);
			URI uri = URI.create("http://127.0.0.1:" + proxy.port() + "/a?b=c");
			List<byte[]> bodies = new ArrayList<>();
			List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				byte[] body = new byte[1 + random.nextInt(100_000)];
				random.nextBytes(body);
				bodies.add(body);
				HttpRequest.BodyPublisher publisher = (i % 3 == 0)
						? HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
						: HttpRequest.BodyPublishers.ofByteArray(body);
				answers.add(client.sendAsync(HttpRequest.newBuilder(uri).POST(publisher).build(),
						HttpResponse.BodyHandlers.ofByteArray()));
			}
			for (int i = 0; i < bodies.size(); i++) {
				HttpResponse<byte[]> answer = answers.get(i).get(60, TimeUnit.SECONDS);
				assertThat(answer.statusCode()).isEqualTo(200);
				assertThat(answer.body()).isEqualTo(bodies.get(i));
			}
		}
		finally {
			server.stop(0);
			threads.shutdownNow();
		}
	}

	private static void readSlowly(InputStream input, UnpooledByteBufAllocator memory, AtomicLong most,
			AtomicLong written) throws IOException {
		awaitStandstill(written);
		byte[] part = new byte[64 * 1024];
		for (int left = LENGTH; left > 0;) {
			int read = input.read(part, 0, Math.min(part.length, left));
			if (read == -1) {
				throw new IOException(left + " bytes are missing");
			}
			left -= read;
			most.accumulateAndGet(memory.metric().usedDirectMemory(), Math::max);
		}
	}

	/**
	 * Wait until the other side cannot send on.
	 * @param written how much it has sent
	 */
	private static void awaitStandstill(AtomicLong written) {
		AtomicLong before = new AtomicLong();
		await().atMost(LIMIT)
			.pollInterval(Duration.ofMillis(300))
			.until(() -> written.get() > 0 && before.getAndSet(written.get()) == written.get());
		assertThat(written.get()).isLessThan(LENGTH);
	}

	private static long writeRandom(OutputStream output, AtomicLong written) throws IOException {
		Random random = new Random(7);
		CheckedOutputStream checked = new CheckedOutputStream(output, new CRC32());
		byte[] part = new byte[256 * 1024];
		for (int i = 0; i < LENGTH / part.length; i++) {
			random.nextBytes(part);
			checked.write(part);
			written.addAndGet(part.length);
		}
		return checked.getChecksum().getValue();
	}

	/**
	 * A server that is not ours.
	 *
	 * @param address its address
	 */
	private record OrdinaryUpstream(SocketAddress address) implements Upstream {

		@Override
		public int number() {
			return 1;
		}

		@Override
		public void begin() {
		}

		@Override
		public void end() {
		}

	}

}
