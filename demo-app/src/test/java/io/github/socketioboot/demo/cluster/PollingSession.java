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

import io.github.socketioboot.demo.cluster.HttpConnection.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Socket.IO session over HTTP long-polling, request by request, on whatever connection
 * it is given.
 */
public final class PollingSession {

	public static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

	private final String sid;

	private int acks;

	private PollingSession(String sid) {
		this.sid = sid;
	}

	public static PollingSession open(HttpConnection connection) throws IOException {
		PollingSession session = handshake(connection);
		session.join(connection);
		return session;
	}

	public static PollingSession handshake(HttpConnection connection) throws IOException {
		return new PollingSession(sid(connection.get(HANDSHAKE)));
	}

	public static String sid(Answer answer) {
		assertThat(answer.status()).as("status of the handshake").isEqualTo(200);
		assertThat(answer.body()).startsWith("0{\"sid\":\"");
		return answer.body().substring(9, answer.body().indexOf('"', 9));
	}

	private void join(HttpConnection connection) throws IOException {
		post(connection, "40");
		assertThat(poll(connection)).startsWith("40{");
	}

	public String sid() {
		return this.sid;
	}

	/**
	 * First characters of the id, which are those of the worker.
	 */
	public String worker() {
		return this.sid.substring(0, 4);
	}

	public String target() {
		return HANDSHAKE + "&sid=" + this.sid;
	}

	/**
	 * Send an event by one request and fetch its answer by the next.
	 * @param connection takes both
	 * @param value comes back
	 */
	public void echo(HttpConnection connection, String value) throws IOException {
		int id = this.acks++;
		post(connection, echoPacket(id, value));
		awaitEcho(connection, id, value);
	}

	String echoPacket(int id, String value) {
		return "42" + id + "[\"echo\",\"" + value + "\"]";
	}

	void awaitEcho(HttpConnection connection, int id, String value) throws IOException {
		String start = "43" + id + "[{";
		String packets = poll(connection);
		while (!packets.contains(start)) {
			packets = poll(connection);
		}
		assertThat(packets).contains("\"value\":\"" + value + "\"");
	}

	public void post(HttpConnection connection, String packet) throws IOException {
		Answer answer = connection.post(target(), packet);
		assertThat(answer.status()).as("status of a POST, %s", answer.body()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("ok");
	}

	/**
	 * Fetch packets, and answer a ping that is among them.
	 */
	public String poll(HttpConnection connection) throws IOException {
		Answer answer = connection.get(target());
		assertThat(answer.status()).as("status of a poll, %s", answer.body()).isEqualTo(200);
		for (String packet : answer.body().split("\u001e")) {
			if (packet.equals("2")) {
				post(connection, "3");
			}
		}
		return answer.body();
	}

	public void close(HttpConnection connection) throws IOException {
		post(connection, "1");
	}

}
