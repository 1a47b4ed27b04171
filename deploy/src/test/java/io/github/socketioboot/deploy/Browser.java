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

package io.github.socketioboot.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import io.github.socketioboot.demo.cluster.HttpConnection;
import io.github.socketioboot.demo.cluster.HttpConnection.Answer;
import io.github.socketioboot.demo.cluster.PollingSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends requests one by one, over a connection for each, and never tries anything twice.
 * Keeps cookies as a browser does.
 */
final class Browser {

	private final Balancer balancer;

	private final String address;

	private final Map<String, String> cookies = new LinkedHashMap<>();

	/**
	 * Create a browser.
	 * @param balancer where all requests go
	 * @param address the browser's own address, a loopback one
	 */
	Browser(Balancer balancer, String address) {
		this.balancer = balancer;
		this.address = address;
	}

	/**
	 * Begin a session.
	 * @return its id
	 */
	String handshake(String... headers) throws IOException {
		return PollingSession.sid(get(PollingSession.HANDSHAKE, headers));
	}

	/**
	 * Begin a session and end it with another request, which must reach the same node.
	 * @return its id
	 */
	String visit() throws IOException {
		String sid = handshake();
		leave(sid);
		return sid;
	}

	/**
	 * End a session.
	 */
	void leave(String sid) throws IOException {
		assertThat(post(sid, "1").status()).as("status of the end").isEqualTo(200);
	}

	private Answer post(String sid, String packet) throws IOException {
		try (HttpConnection connection = this.balancer.connect(this.address)) {
			return connection.post(PollingSession.HANDSHAKE + "&sid=" + sid, packet, "Cookie: " + cookies());
		}
	}

	Answer get(String target, String... headers) throws IOException {
		try (HttpConnection connection = this.balancer.connect(this.address)) {
			return get(connection, target, headers);
		}
	}

	Answer get(HttpConnection connection, String target, String... headers) throws IOException {
		String[] all = new String[headers.length + 1];
		System.arraycopy(headers, 0, all, 1, headers.length);
		all[0] = "Cookie: " + cookies();
		Answer answer = connection.get(target, all);
		for (String cookie : answer.values("Set-Cookie")) {
			String[] pair = cookie.split(";")[0].split("=", 2);
			this.cookies.put(pair[0], pair[1]);
		}
		return answer;
	}

	/**
	 * Fetch packets until the server has closed the session, or refuses.
	 * @param sid the session, which is in no namespace yet
	 * @return all answers
	 */
	List<Answer> pollUntilClosed(String sid) {
		String target = PollingSession.HANDSHAKE + "&sid=" + sid;
		List<Answer> answers = new ArrayList<>();
		try {
			answers.add(post(sid, "40"));
			Answer answer;
			do {
				answer = get(target);
				answers.add(answer);
			}
			while (answer.status() == 200 && !List.of(answer.body().split("\u001e")).contains("1"));
			return answers;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String cookies() {
		StringJoiner cookies = new StringJoiner("; ");
		this.cookies.forEach((name, value) -> cookies.add(name + "=" + value));
		return cookies.toString();
	}

}
