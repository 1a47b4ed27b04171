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

package io.github.socketioboot.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoOperations;

import org.springframework.beans.factory.annotation.Value;

/**
 * Events of the tests.
 */
public class LoadHandler {

	private final SocketIoOperations operations;

	private final Map<String, Object> self;

	LoadHandler(SocketIoOperations operations, @Value("${socketio.cluster.instance:0}") int worker) {
		this.operations = operations;
		this.self = Map.of("worker", worker, "pid", ProcessHandle.current().pid());
	}

	/**
	 * Answer with the value and who answers.
	 * @param client the client
	 * @param value anything
	 * @return both, and the client's address as this process sees it
	 */
	@OnEvent("echo")
	public Map<String, Object> echo(SocketIOClient client, Object value) {
		return Map.of("by", this.self, "value", value, "address", String.valueOf(client.getRemoteAddress()));
	}

	/**
	 * Answer after a while.
	 * @param millis how long to wait
	 * @return the same
	 * @throws InterruptedException if the wait is interrupted
	 */
	@OnEvent("slow")
	public long slow(long millis) throws InterruptedException {
		Thread.sleep(millis);
		return millis;
	}

	/**
	 * Join rooms.
	 * @param client the client
	 * @param rooms their names
	 * @return how many
	 */
	@OnEvent("join")
	public int join(SocketIOClient client, String[] rooms) {
		List.of(rooms).forEach(client::joinRoom);
		return rooms.length;
	}

	/**
	 * Send something to those in some rooms but not in others.
	 * @param rooms rooms that receive, none for all
	 * @param except rooms that do not
	 * @param from who sends
	 * @param number number of the message
	 * @param bytes attachment
	 */
	@OnEvent("publish")
	public void publish(String[] rooms, String[] except, int from, int number, byte[] bytes) {
		this.operations.to(rooms).except(except).emit("published", from, number, bytes);
	}

	/**
	 * Ask all clients of the cluster.
	 * @return how many have answered
	 */
	@OnEvent("ask-all")
	public int askAll() {
		return this.operations.timeout(Duration.ofSeconds(20)).emitWithAck("question").join().size();
	}

	/**
	 * Describe the cluster's sockets.
	 * @return how many there are
	 */
	@OnEvent("count")
	public int count() {
		return this.operations.fetchSockets().join().size();
	}

}
