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

package io.github.socketioboot.engine.netty;

import java.io.IOException;
import java.util.List;

import io.github.socketioboot.engine.netty.RawConnection.Response;
import io.github.socketioboot.engine.session.RefusalReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of every shape, well-formed or not, against the front of a server.
 */
@Timeout(120)
class HttpFrontIntegrationTests {

	private HttpFrontFixture fixture;

	@BeforeEach
	void start() throws Exception {
		this.fixture = new HttpFrontFixture(HttpFrontFixture.LIMITS);
	}

	@AfterEach
	void stop() throws Exception {
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO", "get", "CONNECT" })
	void onlyGetOpensASession(String method) throws IOException {
		Response response = exchange(HttpFrontFixture.request(method, "", ""));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.body()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
		assertNoSession();
	}

	@Test
	void headOpensNoSessionAndGetsNoBody() throws IOException {
		try (RawConnection connection = open()) {
			connection.send(HttpFrontFixture.request("HEAD", "", "") + HttpFrontFixture.health());
			assertThat(connection.readHead().status()).isEqualTo(400);
			assertThat(connection.read().status()).isEqualTo(200);
		}
		assertNoSession();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE" })
	void otherMethodsLeaveASessionAlone(String method) throws IOException {
		String sid = this.fixture.handshake();
		Response response = exchange(HttpFrontFixture.request(method, sid, ""));
		assertThat(response.status()).isEqualTo(500);
		assertThat(response.body()).isEmpty();
		assertThat(this.fixture.isOpen(sid)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1", "GET /socket.io?EIO=4&transport=polling HTTP/1.1",
			"GET /socket.iox/?EIO=4&transport=polling HTTP/1.1",
			"GET http://x/socket.io/?EIO=4&transport=polling HTTP/1.1", "CONNECT x:80 HTTP/1.1", "OPTIONS * HTTP/1.1",
			"GET //socket.io/?EIO=4&transport=polling HTTP/1.1",
			"GET /a/../socket.io/?EIO=4&transport=polling HTTP/1.1", "GET socket.io/?EIO=4&transport=polling HTTP/1.1",
			"GET /socket%2eio/?EIO=4&transport=polling HTTP/1.1", "POST /health HTTP/1.1" })
	void otherTargetsAreNotFound(String requestLine) throws IOException {
		assertThat(exchange(requestLine + "\r\nHost: x\r\n\r\n").status()).isEqualTo(404);
		assertNoSession();
	}

	@Test
	void http10WithoutHostIsServedAndClosed() throws IOException {
		try (RawConnection connection = open()) {
			connection.send("GET " + HttpFrontFixture.target("") + " HTTP/1.0\r\n\r\n");
			List<Response> responses = connection.readAll();
			assertThat(responses).hasSize(1);
			assertThat(responses.get(0).status()).isEqualTo(200);
			assertThat(responses.get(0).headers()).containsEntry("connection", "close");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD" })
	void healthIsToldToChecksOfTheSimplestKind(String method) throws IOException {
		try (RawConnection connection = open()) {
			connection.send(method + " /health HTTP/1.0\r\n\r\n");
			Response response = connection.readHead();
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.headers()).containsEntry("content-length", "3")
				.containsEntry("content-type", "text/plain")
				.containsEntry("cache-control", "no-store");
			assertThat(connection.readBytes(4)).isEqualTo(method.equals("GET") ? "UP\n" : "");
		}
		assertNoSession();
	}

	@Test
	void http10IsKeptAliveIfItAsksForIt() throws IOException {
		try (RawConnection connection = open()) {
			String request = "GET /health HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n";
			assertThat(connection.send(request).read().headers()).containsEntry("connection", "keep-alive");
			assertThat(connection.send(request).read().status()).isEqualTo(200);
		}
	}

	@Test
	void connectionCloseIsHonoured() throws IOException {
		try (RawConnection connection = open()) {
			connection.send("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + HttpFrontFixture.health());
			assertThat(connection.readAll()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET %s HTTP/1.1\r\n\r\n", "GET %s HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
			"GET %s HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", "GET %s HTTP/2.0\r\nHost: x\r\n\r\n",
			"GET %s\r\nHost: x\r\n\r\n", "GET %s HTTP/x\r\nHost: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
			"GET %s HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", "GET %s HTTP/1.1\r\nHost: x\r\n: no name\r\n\r\n",
			"GET %s HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n", "GET %s HTTP/1.1\r\nHost: x\r\nA\0: c\r\n\r\n",
			"GET %s HTTP/1.1\r\nHost: x\r\nA: c\0d\r\n\r\n", "GET %s HTTP/1.1\r\n Host: x\r\n\r\n",
			"G\0ET %s HTTP/1.1\r\nHost: x\r\n\r\n", "\u0016\u0003\u0001\u0002\0\u0001\0\r\n\r\n" })
	void malformedHeadsAreRefusedAndTheConnectionIsClosed(String request) throws IOException {
		assertRefused(request.replace("%s", HttpFrontFixture.target("")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
			"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "Content-Length: 5\r\nContent-Length: 6\r\n",
			"Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5, 6\r\n", "Content-Length: 5, 5\r\n",
			"Content-Length: +5\r\n", "Content-Length: -5\r\n", "Content-Length: 0x5\r\n", "Content-Length: 5 5\r\n",
			"Content-Length: \r\n", "Content-Length: 99999999999999999999\r\n", "Content-Length : 5\r\n",
			"Content-Length: 5;a\r\n", "Content-Length:\r\n 5\r\n", "Transfer-Encoding : chunked\r\n",
			"Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: identity\r\n",
			"Transfer-Encoding: chunked, identity\r\n", "Transfer-Encoding: chunked, chunked\r\n",
			"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
			"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "Transfer-Encoding: gzip, chunked\r\n",
			"Transfer-Encoding: \u000bchunked\r\n", "Transfer-Encoding:\r\n chunked\r\n",
			"Transfer-Encoding\r\n: chunked\r\n", "X: y\rTransfer-Encoding: chunked\r\n",
			"X: y\nTransfer-Encoding: chunked\r\n" })
	void ambiguousLengthsAreRefusedAndTheConnectionIsClosed(String headers) throws IOException {
		String sid = this.fixture.handshake();
		int accepted = this.fixture.accepted.get();
		try (RawConnection connection = open()) {
			connection.send(HttpFrontFixture.request("POST", sid, headers) + "0\r\n\r\n" + HttpFrontFixture.get(""));
			List<Response> responses = connection.readAll();
			assertThat(responses).extracting(Response::status).containsExactly(400);
		}
		assertThat(this.fixture.accepted).hasValue(accepted);
		assertThat(this.fixture.messages).isEmpty();
	}

	@Test
	void chunkedIsNoPartOfHttp10() throws IOException {
		assertRefused("POST " + HttpFrontFixture.target(this.fixture.handshake())
				+ " HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n4a\r\n0\r\n\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x\r\n", "-1\r\n", "+2\r\n4a\r\n", "0x2\r\n4a\r\n", "fffffffff\r\n", "80000000\r\n",
			"2\r\n4ab\r\n0\r\n\r\n", "2\r\n4aGET / HTTP/1.1\r\n0\r\n\r\n", "\r\n", "2\n4a\r\n0\r\n\r\n",
			"0\r\nno colon\r\n\r\n" })
	void malformedChunksAreRefusedAndTheConnectionIsClosed(String body) throws IOException {
		String sid = this.fixture.handshake();
		try (RawConnection connection = open()) {
			connection.send(HttpFrontFixture.request("POST", sid, "Transfer-Encoding: chunked\r\n") + body
					+ HttpFrontFixture.health());
			assertThat(connection.readAll()).extracting(Response::status).containsExactly(400);
		}
	}

	@Test
	void chunkedBodiesAreTaken() throws IOException {
		String sid = this.fixture.handshake();
		try (RawConnection connection = open()) {
			connection.send(HttpFrontFixture.request("POST", sid, "Transfer-Encoding: chunked\r\n")
					+ "3;name=value;q=\"x\"\r\n4he\r\n003\r\nllo\r\n0\r\nTrailer: x\r\n\r\n"
					+ HttpFrontFixture.health());
			assertThat(connection.read().body()).isEqualTo("ok");
			assertThat(connection.read().status()).isEqualTo(200);
		}
		assertThat(this.fixture.messages).containsExactly("hello");
	}

	@Test
	void foldedHeadersAreOneHeader() throws IOException {
		String sid = this.fixture.handshake();
		try (RawConnection connection = open()) {
			connection.send(HttpFrontFixture.request("POST", sid, "X: a\r\n Content-Length: 1\r\nContent-Length: 6\r\n")
					+ "4hello" + HttpFrontFixture.health());
			assertThat(connection.read().body()).isEqualTo("ok");
			assertThat(connection.read().body()).isEqualTo("UP\n");
		}
		assertThat(this.fixture.messages).containsExactly("hello");
	}

	@Test
	void bodiesMayComeInPieces() throws IOException {
		String sid = this.fixture.handshake();
		try (RawConnection connection = open()) {
			for (char character : HttpFrontFixture.post(sid, "4hello").toCharArray()) {
				connection.send(String.valueOf(character));
			}
			assertThat(connection.read().body()).isEqualTo("ok");
		}
		assertThat(this.fixture.messages).containsExactly("hello");
	}

	@Test
	void bodiesOfRequestsWithoutAnyUseAreSkipped() throws IOException {
		try (RawConnection connection = open()) {
			connection.send("GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\n" + HttpFrontFixture.get("")
					+ "x".repeat(200 - HttpFrontFixture.get("").length()) + HttpFrontFixture.health());
			assertThat(connection.read().body()).isEqualTo("UP\n");
			assertThat(connection.read().body()).isEqualTo("UP\n");
		}
		assertNoSession();
	}

	@Test
	void continueIsSaidToWhoWaitsForIt() throws IOException {
		String sid = this.fixture.handshake();
		try (RawConnection connection = open()) {
			connection.send(HttpFrontFixture.request("POST", sid, "Expect: 100-continue\r\nContent-Length: 6\r\n"));
			assertThat(connection.read().status()).isEqualTo(100);
			assertThat(connection.send("4hello").read().body()).isEqualTo("ok");
		}
	}

	@Test
	void bodiesThatAreTooLargeAreRefusedBeforeTheyCome() throws IOException {
		String sid = this.fixture.handshake();
		try (RawConnection connection = open()) {
			connection
				.send(HttpFrontFixture.request("POST", sid, "Expect: 100-continue\r\nContent-Length: 1000001\r\n"));
			assertThat(connection.read().status()).isEqualTo(413);
		}
		assertThat(this.fixture.statistics.refused(RefusalReason.PAYLOAD)).isOne();
		assertThat(this.fixture.isOpen(sid)).isTrue();
	}

	@Test
	void chunkedBodiesThatGrowTooLargeAreRefused() throws IOException {
		String sid = this.fixture.handshake();
		try (RawConnection connection = open()) {
			connection.send(HttpFrontFixture.request("POST", sid, "Transfer-Encoding: chunked\r\n"));
			for (int i = 0; i < 101; i++) {
				connection.send("2710\r\n" + "4".repeat(10_000) + "\r\n");
			}
			assertThat(connection.read().status()).isEqualTo(413);
		}
		assertThat(this.fixture.isOpen(sid)).isTrue();
		assertThat(this.fixture.messages).containsExactly("still here");
	}

	@Test
	void aRequestLineThatIsTooLongIsRefused() throws IOException {
		try (RawConnection connection = open()) {
			connection
				.send("GET " + HttpFrontFixture.target("") + "&x=" + "x".repeat(2048) + " HTTP/1.1\r\nHost: x\r\n\r\n");
			assertThat(connection.readAll()).extracting(Response::status).containsExactly(414);
		}
		assertNoSession();
	}

	@Test
	void headersThatAreTooLargeAreRefused() throws IOException {
		try (RawConnection connection = open()) {
			connection.send(HttpFrontFixture.request("GET", "", "X: x\r\n".repeat(700)));
			assertThat(connection.readAll()).extracting(Response::status).containsExactly(431);
		}
		try (RawConnection connection = open()) {
			connection.send(HttpFrontFixture.request("GET", "", "X: " + "x".repeat(3000) + "\r\n"));
			assertThat(connection.readAll()).extracting(Response::status).containsExactly(431);
		}
		assertNoSession();
	}

	@Test
	void trailersThatAreTooLargeAreRefused() throws IOException {
		String sid = this.fixture.handshake();
		try (RawConnection connection = open()) {
			connection.send(HttpFrontFixture.request("POST", sid, "Transfer-Encoding: chunked\r\n") + "2\r\n4a\r\n0\r\n"
					+ "X: x\r\n".repeat(700) + "\r\n");
			List<Response> responses = connection.readAll();
			assertThat(responses).extracting(Response::status).containsExactly(431);
		}
	}

	@Test
	void pipelinedRequestsAreAnsweredInOrder() throws IOException {
		try (RawConnection connection = open()) {
			StringBuilder requests = new StringBuilder();
			for (int i = 0; i < 500; i++) {
				requests.append((i % 3 == 0) ? HttpFrontFixture.health() : HttpFrontFixture.get("x" + i));
			}
			connection.send(requests.toString());
			for (int i = 0; i < 500; i++) {
				assertThat(connection.read().status()).isEqualTo((i % 3 == 0) ? 200 : 400);
			}
		}
	}

	@Test
	void requestsBehindAPollWaitForIt() throws IOException {
		String sid = this.fixture.handshake();
		try (RawConnection connection = open()) {
			connection.send(HttpFrontFixture.get(sid) + HttpFrontFixture.health() + HttpFrontFixture.get("nobody"));
			assertThat(exchange(HttpFrontFixture.post(sid, "1")).body()).isEqualTo("ok");
			assertThat(connection.read().body()).isEqualTo("6");
			assertThat(connection.read().body()).isEqualTo("UP\n");
			assertThat(connection.read().body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
		}
	}

	@Test
	void blankLinesBeforeARequestAreSkipped() throws IOException {
		assertThat(exchange("\r\n\r\n" + HttpFrontFixture.health()).status()).isEqualTo(200);
	}

	private void assertRefused(String request) throws IOException {
		int accepted = this.fixture.accepted.get();
		try (RawConnection connection = open()) {
			connection.send(request + HttpFrontFixture.get(""));
			List<Response> responses = connection.readAll();
			assertThat(responses).hasSize(1);
			assertThat(responses.get(0).status()).isEqualTo(400);
			assertThat(responses.get(0).headers()).containsEntry("connection", "close");
		}
		assertThat(this.fixture.accepted).hasValue(accepted);
	}

	private void assertNoSession() {
		assertThat(this.fixture.accepted).hasValue(0);
		assertThat(this.fixture.server.sessions()).isZero();
	}

	private RawConnection open() throws IOException {
		return RawConnection.open(this.fixture.port);
	}

	private Response exchange(String request) throws IOException {
		return RawConnection.exchange(this.fixture.port, request);
	}

}
