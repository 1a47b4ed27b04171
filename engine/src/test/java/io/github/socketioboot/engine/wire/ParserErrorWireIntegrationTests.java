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

import io.github.socketioboot.engine.session.CloseReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that are no packets, and some that nearly are none.
 */
@Timeout(120)
class ParserErrorWireIntegrationTests {

	@RegisterExtension
	private final WireServer server = new WireServer();

	@ParameterizedTest
	@ValueSource(strings = { "4", "49", "47[\"a\"]", "4x", "42{\"a\":1}", "42[]", "42[null]", "42[{\"a\":1}]",
			"42\"a\"", "42[\"a\"", "42[\"connect\"]", "42[\"connect_error\"]", "42[\"disconnect\"]",
			"42[\"disconnecting\"]", "42[\"newListener\"]", "42[\"removeListener\"]", "41{\"x\":1}", "43{\"a\":1}",
			"40/admin,[]", "40/admin,\"s\"", "40/admin,null", "40/admin,{\"a\":", "45[\"a\"]", "450-[\"a\"]",
			"45-1-[\"a\"]", "451.5-[\"a\"]", "45999999999999999999999[\"a\"]", "4511-[\"a\"]" })
	void closesTheConnection(String message) throws Exception {
		RawWebSocket client = connect();
		client.text(message);
		assertThat(client.hex(2)).isEqualTo("8800");
		assertThat(client.isEndedAfterClose()).isTrue();
		assertThat(this.server.closed()).isEqualTo(CloseReason.FORCED_CLOSE);
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / forced close");
		assertThat(this.server.handler().next()).isEqualTo("disconnect / forced close");
	}

	@Test
	void textWhileAttachmentsAreMissing() throws Exception {
		RawWebSocket client = connect();
		client.text("451-[\"bin\",{\"_placeholder\":true,\"num\":0}]").text("42[\"a\"]");
		assertThat(client.hex(2)).isEqualTo("8800");
	}

	@Test
	void binaryWithoutHeader() throws Exception {
		RawWebSocket client = connect();
		client.binary(1, 2, 3);
		assertThat(client.hex(2)).isEqualTo("8800");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "-1", "\"0\"", "null", "0.5" })
	void placeholderWithoutAttachment(String number) throws Exception {
		RawWebSocket client = connect();
		client.text("451-[\"bin\",{\"_placeholder\":true,\"num\":" + number + "}]").binary(1);
		assertThat(client.hex(2)).isEqualTo("8800");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "42[123,\"x\"]|event 123 [x]", "42[\"error\",\"x\"]|event error [x]",
					"42[\"message\"]|event message []", "42[\"connection\"]|event connection []" })
	void accepted(String message, String event) throws Exception {
		RawWebSocket client = connect();
		client.text(message);
		assertThat(this.server.handler().next()).isEqualTo(event);
		assertThat(client.text("42[\"echo\",1]").next()).isEqualTo("42[\"echo\",1]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "42", "431", "4399", "431[]", "43" })
	void acceptedWithoutEffect(String message) throws Exception {
		RawWebSocket client = connect();
		client.text(message);
		assertThat(client.text("42[\"echo\",1]").next()).isEqualTo("42[\"echo\",1]");
	}

	@Test
	void fewerPlaceholdersThanAttachments() throws Exception {
		RawWebSocket client = connect();
		client.text("451-[\"a\"]").binary(1);
		assertThat(this.server.handler().next()).isEqualTo("event a []");
	}

	@Test
	void errorOverPollingWithoutAPoll() throws Exception {
		String polling = connectByPolling();
		assertThat(this.server.http().post(polling, "42[]").text()).isEqualTo("ok");
		assertThat(this.server.http().get(polling).text()).isEqualTo("6\u001e1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.FORCED_CLOSE);
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / forced close");
	}

	@Test
	void errorOverPollingWhileAPollPends() throws Exception {
		String polling = connectByPolling();
		RawHttp poll = this.server.http().sendGet(polling);
		Wire.awaitPoll(this.server.session());
		assertThat(this.server.http().post(polling, "42[]").text()).isEqualTo("ok");
		assertThat(poll.answer().text()).isEqualTo("1");
		assertThat(this.server.closed()).isEqualTo(CloseReason.FORCED_CLOSE);
	}

	@Test
	void packetsBehindTheErrorAreIgnored() throws Exception {
		String polling = connectByPolling();
		this.server.http().post(polling, "42[\"a\"]\u001e42[]\u001e42[\"b\"]");
		assertThat(this.server.http().get(polling).text()).isEqualTo("6\u001e1");
		assertThat(this.server.handler().next()).isEqualTo("event a []");
		assertThat(this.server.handler().next()).isEqualTo("disconnecting / forced close");
	}

	private RawWebSocket connect() throws Exception {
		RawWebSocket client = this.server.startSocketIo().openWebSocket();
		assertThat(client.text("40").next()).startsWith("40{\"sid\":\"");
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		return client;
	}

	private String connectByPolling() throws Exception {
		String polling = this.server.startSocketIo().openPolling();
		assertThat(this.server.http().post(polling, "40").text()).isEqualTo("ok");
		assertThat(this.server.http().get(polling).text()).startsWith("40{\"sid\":\"");
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		return polling;
	}

}
