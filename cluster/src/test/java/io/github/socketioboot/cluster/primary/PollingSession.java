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

import java.io.IOException;

import io.github.socketioboot.cluster.primary.HttpConnection.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session over polling, whose requests go over whatever connection a test likes.
 *
 * @param sid id of the session
 */
record PollingSession(String sid) {

	static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

	static PollingSession open(HttpConnection connection) throws IOException {
		Answer answer = connection.get(HANDSHAKE);
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).startsWith("0{\"sid\":\"");
		return new PollingSession(answer.body().substring(9, 29));
	}

	String target() {
		return HANDSHAKE + "&sid=" + this.sid;
	}

	String echo(HttpConnection connection, String text) throws IOException {
		return echo(connection, connection, text);
	}

	String echo(HttpConnection sending, HttpConnection receiving, String text) throws IOException {
		Answer posted = sending.post(target(), "4" + text);
		assertThat(posted.status()).as(posted.body()).isEqualTo(200);
		Answer polled = receiving.get(target());
		assertThat(polled.status()).as(polled.body()).isEqualTo(200);
		assertThat(polled.body()).startsWith("4");
		return polled.body().substring(1);
	}

}
