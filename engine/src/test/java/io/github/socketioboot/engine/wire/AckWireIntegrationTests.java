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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.namespace.AckFailure;
import io.github.socketioboot.engine.namespace.AckListener;
import io.github.socketioboot.engine.namespace.AckTimeoutException;
import io.github.socketioboot.engine.namespace.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Events both ways, acknowledgements, volatile events and broadcasts.
 */
@Timeout(120)
class AckWireIntegrationTests {

	@RegisterExtension
	private final WireServer server = new WireServer();

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	@Test
	void event() throws Exception {
		RawWebSocket client = connect();
		String event = "42[\"echo\",\"bar\",1,null,true,{\"a\":[1]}]";
		assertThat(client.text(event).next()).isEqualTo(event);
		assertThat(this.server.handler().next()).isEqualTo("event echo [bar, 1, null, true, {a=[1]}]");
	}

	@Test
	void acknowledgementOfAClientsEvent() throws Exception {
		RawWebSocket client = connect();
		assertThat(client.text("4212[\"foo\",\"ok\"]").next()).isEqualTo("4312[\"ok\"]");
		assertThat(client.text("420[\"foo\"]").next()).isEqualTo("430[]");
		client.text("40/admin,").next();
		assertThat(client.text("42/admin,13[\"foo\"]").next()).isEqualTo("43/admin,13[]");
	}

	@Test
	void largestIdThatJavaScriptKnows() throws Exception {
		RawWebSocket client = connect();
		assertThat(client.text("429007199254740991[\"foo\"]").next()).isEqualTo("439007199254740991[]");
		client.text("429007199254740992[\"foo\"]");
		assertThat(client.hex(2)).isEqualTo("8800");
	}

	@Test
	void secondAnswerIsIgnored() throws Exception {
		RawWebSocket client = connect();
		assertThat(client.text("421[\"twice\",\"first\"]").next()).isEqualTo("431[\"first\"]");
		assertThat(client.text("42[\"echo\"]").next()).isEqualTo("42[\"echo\"]");
	}

	@Test
	void acknowledgementFromTheClient() throws Exception {
		RawWebSocket client = connect();
		Socket socket = socket();
		ask(socket, Duration.ZERO);
		ask(socket, Duration.ZERO);
		assertThat(client.next()).isEqualTo("420[\"ask\",1]");
		assertThat(client.next()).isEqualTo("421[\"ask\",1]");
		client.text("431[\"second\"]").text("430[\"first\",2]");
		assertThat(next()).isEqualTo("[second]");
		assertThat(next()).isEqualTo("[first, 2]");
	}

	@Test
	void unknownAndRepeatedAcknowledgementsAreIgnored() throws Exception {
		RawWebSocket client = connect();
		ask(socket(), Duration.ZERO);
		assertThat(client.next()).isEqualTo("420[\"ask\",1]");
		client.text("4399[]").text("430[\"once\"]").text("430[\"again\"]");
		assertThat(client.text("42[\"echo\"]").next()).isEqualTo("42[\"echo\"]");
		assertThat(next()).isEqualTo("[once]");
		assertThat(this.answers).isEmpty();
	}

	@Test
	void sameIdInBothDirections() throws Exception {
		RawWebSocket client = connect();
		ask(socket(), Duration.ZERO);
		assertThat(client.next()).isEqualTo("420[\"ask\",1]");
		assertThat(client.text("420[\"foo\",\"x\"]").next()).isEqualTo("430[\"x\"]");
		client.text("430[\"y\"]");
		assertThat(next()).isEqualTo("[y]");
	}

	@Test
	void acknowledgementThatComesTooLate() throws Exception {
		RawWebSocket client = connect();
		ask(socket(), Duration.ofMillis(100));
		assertThat(client.next()).isEqualTo("420[\"ask\",1]");
		assertThat(next()).isEqualTo("TIMEOUT");
		client.text("430[\"late\"]");
		assertThat(client.text("42[\"echo\"]").next()).isEqualTo("42[\"echo\"]");
		assertThat(this.answers).isEmpty();
	}

	@Test
	void acknowledgementThatNeverComes() throws Exception {
		RawWebSocket client = connect();
		ask(socket(), Duration.ZERO);
		client.next();
		client.close();
		assertThat(next()).isEqualTo("DISCONNECTED");
	}

	@Test
	void broadcastWithAcknowledgements() throws Exception {
		RawWebSocket first = connect();
		RawWebSocket second = connectAnother();
		CompletableFuture<List<Object>> result = this.server.namespace("/")
			.broadcast()
			.timeout(Duration.ofSeconds(30))
			.emitWithAck("ask");
		String event = first.next();
		assertThat(event).isEqualTo("420[\"ask\"]");
		assertThat(second.next()).isEqualTo(event);
		first.text("430[\"a\"]");
		second.text("430[\"b\"]");
		assertThat(result.get(30, TimeUnit.SECONDS)).containsExactlyInAnyOrder("a", "b");
	}

	@Test
	void broadcastWithPartialAcknowledgements() throws Exception {
		RawWebSocket first = connect();
		RawWebSocket second = connectAnother();
		CompletableFuture<List<Object>> result = this.server.namespace("/")
			.broadcast()
			.timeout(Duration.ofSeconds(5))
			.emitWithAck("ask");
		assertThat(second.next()).isEqualTo("420[\"ask\"]");
		assertThat(first.next()).isEqualTo("420[\"ask\"]");
		first.text("430[\"a\"]");
		assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
			.cause()
			.isInstanceOfSatisfying(AckTimeoutException.class, (ex) -> assertThat(ex.responses()).hasToString("[a]"));
	}

	@Test
	void volatileEventWithoutAPollIsDropped() throws Exception {
		String polling = this.server.startSocketIo().openPolling();
		this.server.http().post(polling, "40");
		assertThat(this.server.http().get(polling).text()).startsWith("40{");
		Socket socket = this.server.socket("/");
		socket.namespace().broadcast().to(socket.id()).volatile_().emit("dropped");
		socket.emit("kept");
		assertThat(this.server.http().get(polling).text()).isEqualTo("42[\"kept\"]");
		RawHttp poll = this.server.http().sendGet(polling);
		Wire.awaitPoll(this.server.session());
		socket.namespace().broadcast().to(socket.id()).volatile_().emit("sent");
		assertThat(poll.answer().text()).isEqualTo("42[\"sent\"]");
	}

	@Test
	void reservedNamesAreRefused() throws Exception {
		connect();
		Socket socket = socket();
		for (String name : List.of("connect", "connect_error", "disconnect", "disconnecting", "newListener",
				"removeListener")) {
			assertThatIllegalArgumentException().isThrownBy(() -> socket.emit(name))
				.withMessage("\"" + name + "\" is a reserved event name");
		}
		for (String name : List.of("connect", "connection", "new_namespace")) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.server.namespace("/").serverSideEmit(name))
				.withMessage("\"" + name + "\" is a reserved event name");
		}
	}

	@Test
	void eventsOfOneEmitterKeepTheirOrder() throws Exception {
		RawWebSocket client = connect();
		Socket socket = socket();
		for (int i = 0; i < 1000; i++) {
			socket.emit("n", i);
		}
		for (int i = 0; i < 1000; i++) {
			assertThat(client.next()).isEqualTo("42[\"n\"," + i + "]");
		}
	}

	private void ask(Socket socket, Duration timeout) {
		socket.emit("ask", List.of(1), new AckListener() {

			@Override
			public void onAck(List<Object> args) {
				AckWireIntegrationTests.this.answers.add(args.toString());
			}

			@Override
			public void onFailure(AckFailure failure) {
				AckWireIntegrationTests.this.answers.add(failure.name());
			}

		}, timeout);
	}

	private String next() throws InterruptedException {
		String answer = this.answers.poll(30, TimeUnit.SECONDS);
		assertThat(answer).as("an answer in time").isNotNull();
		return answer;
	}

	private RawWebSocket connect() throws Exception {
		this.server.startSocketIo();
		return connectAnother();
	}

	private RawWebSocket connectAnother() throws Exception {
		RawWebSocket client = this.server.openWebSocket();
		assertThat(client.text("40").next()).startsWith("40{\"sid\":\"");
		assertThat(this.server.handler().next()).isEqualTo("connect / null");
		return client;
	}

	private Socket socket() {
		return this.server.namespace("/").sockets().iterator().next();
	}

}
