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

package io.github.socketioboot.demo.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds on a public port without TLS.
 */
abstract class PlainRouting extends StickyRouting {

	PlainRouting(ClusterProcess.Builder cluster) {
		super(cluster);
	}

	@Override
	String scheme() {
		return "http";
	}

	@Override
	HttpConnection connect() throws IOException {
		return new HttpConnection(cluster().port());
	}

	@Override
	HttpConnection connectFrom(String address) throws IOException {
		return new HttpConnection(
				new Socket(InetAddress.getLoopbackAddress(), cluster().port(), InetAddress.getByName(address), 0));
	}

	@Test
	void tellsWebServersTheTrueAddressOfClients() throws IOException {
		try (HttpConnection connection = new HttpConnection(new Socket(InetAddress.getLoopbackAddress(),
				cluster().httpPort(), InetAddress.getByName("127.0.0.78"), 0))) {
			HttpConnection.Answer answer = connection.get("/who", "X-Forwarded-For: 203.0.113.9");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).contains("\"127.0.0.78\"");
		}
	}

	@Test
	void refusesAHeadThatIsTooLong() throws IOException {
		try (HttpConnection connection = connect()) {
			connection.send(HttpConnection.getHead(PollingSession.HANDSHAKE, "X-Long: " + "x".repeat(64 * 1024)));
			assertThat(connection.answer().status()).isEqualTo(431);
		}
	}

}
