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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.engine.namespace.Socket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Events and acknowledgements with attachments.
 */
@Timeout(120)
class BinaryWireIntegrationTests {

	private static final String FIRST = "{\"_placeholder\":true,\"num\":0}";

	private static final String SECOND = "{\"_placeholder\":true,\"num\":1}";

	@RegisterExtension
	private final WireServer server = new WireServer();

	@Test
	void eventFromTheClient() throws Exception {
		RawWebSocket client = connect();
		client.text("452-[\"bin\"," + FIRST + ",{\"x\":" + SECOND + "}]").binary(1, 2).binary(3);
		assertThat(this.server.handler().next()).isEqualTo("event bin [0102, {x=03}]");
	}

	@Test
	void echoOverWebSocket() throws Exception {
		RawWebSocket client = connect();
		client.text("452-[\"echo\"," + FIRST + ",{\"x\":" + SECOND + "}]").binary(1, 2).binary(3);
		assertThat(client.next()).isEqualTo("452-[\"echo\"," + FIRST + ",{\"x\":" + SECOND + "}]");
		assertThat(client.hex(4)).isEqualTo("82020102");
		assertThat(client.hex(3)).isEqualTo("820103");
	}

	@Test
	void echoOverPolling() throws Exception {
		String polling = this.server.startSocketIo().openPolling();
		this.server.http().post(polling, "40");
		assertThat(this.server.http().get(polling).text()).startsWith("40{");
		this.server.http().post(polling, "451-[\"echo\"," + FIRST + "]\u001ebAQIDBA==");
		assertThat(this.server.http().get(polling).text()).isEqualTo("451-[\"echo\"," + FIRST + "]\u001ebAQIDBA==");
	}

	@Test
	void attachmentsInALaterPost() throws Exception {
		String polling = this.server.startSocketIo().openPolling();
		this.server.http().post(polling, "40");
		assertThat(this.server.http().get(polling).text()).startsWith("40{");
		this.server.http().post(polling, "451-[\"echo\"," + FIRST + "]");
		this.server.http().post(polling, "bAQ==");
		assertThat(this.server.http().get(polling).text()).isEqualTo("451-[\"echo\"," + FIRST + "]\u001ebAQ==");
	}

	@Test
	void acknowledgement() throws Exception {
		RawWebSocket client = connect();
		client.text("40/admin,").next();
		client.text("451-/admin,7[\"ok\"," + FIRST + "]").binary(9);
		assertThat(client.next()).isEqualTo("461-/admin,7[" + FIRST + "]");
		assertThat(client.next()).isEqualTo("binary 09");
	}

	@Test
	void acknowledgementFromTheClient() throws Exception {
		RawWebSocket client = connect();
		List<Object> answer = Collections.synchronizedList(new ArrayList<>());
		Socket socket = this.server.namespace("/").sockets().iterator().next();
		socket.emit("ask", List.of(), answer::addAll, Duration.ZERO);
		String ask = client.next();
		assertThat(ask).matches("42\\d+\\[\"ask\"]");
		client.text("461-" + ask.substring(2, ask.indexOf('[')) + "[" + FIRST + "]").binary(5, 6);
		Awaitility.await().until(() -> !answer.isEmpty());
		assertThat(answer).containsExactly(new byte[] { 5, 6 });
	}

	@Test
	void tenAttachmentsEachWay() throws Exception {
		RawWebSocket client = connect();
		StringBuilder event = new StringBuilder("4510-[\"echo\"");
		for (int i = 0; i < 10; i++) {
			event.append(",{\"_placeholder\":true,\"num\":").append(i).append('}');
		}
		event.append(']');
		client.text(event.toString());
		for (int i = 0; i < 10; i++) {
			client.binary(i);
		}
		assertThat(client.next()).isEqualTo(event.toString());
		for (int i = 0; i < 10; i++) {
			assertThat(client.next()).isEqualTo("binary 0" + i);
		}
	}

	@Test
	void elevenAttachmentsAreNotSent() throws Exception {
		RawWebSocket client = connect();
		Socket socket = this.server.namespace("/").sockets().iterator().next();
		Object[] attachments = Collections.nCopies(11, new byte[1]).toArray();
		assertThatIllegalArgumentException().isThrownBy(() -> socket.emit("a", attachments))
			.withMessage("too many attachments: 11 (expected: <= 10)");
		assertThat(client.text("42[\"echo\"]").next()).isEqualTo("42[\"echo\"]");
	}

	@Test
	void binaryAnywhereInTheData() throws Exception {
		RawWebSocket client = connect();
		Socket socket = this.server.namespace("/").sockets().iterator().next();
		socket.emit("a", Map.of("list", List.of(ByteBuffer.wrap(new byte[] { 1 }))), new byte[] { 2 });
		assertThat(client.next()).isEqualTo("452-[\"a\",{\"list\":[" + FIRST + "]}," + SECOND + "]");
		assertThat(client.next()).isEqualTo("binary 01");
		assertThat(client.next()).isEqualTo("binary 02");
	}

	@Test
	void headerAndAttachmentsStayTogetherWhateverElseIsSent() throws Exception {
		RawWebSocket client = connect();
		int rounds = 200;
		Thread other = new Thread(() -> {
			for (int i = 0; i < rounds; i++) {
				this.server.namespace("/").broadcast().emit("text", i);
			}
		});
		other.start();
		for (int i = 0; i < rounds; i++) {
			this.server.namespace("/").broadcast().emit("bin", new byte[] { (byte) i });
		}
		other.join();
		int binary = 0;
		for (int i = 0; i < 2 * rounds; i++) {
			if (client.next().startsWith("451-")) {
				assertThat(client.next()).isEqualTo(String.format("binary %02x", binary++));
			}
		}
		assertThat(binary).isEqualTo(rounds);
	}

	private RawWebSocket connect() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		assertThat(client.text("40").next()).startsWith("40{\"sid\":\"");
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		return client;
	}

}
