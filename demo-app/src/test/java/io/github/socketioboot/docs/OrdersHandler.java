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

package io.github.socketioboot.docs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.engine.namespace.AckTimeoutException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Acknowledgements in both directions, of docs/acks.md.
 */
@Component
class OrdersHandler {

	final BlockingQueue<String> log = new LinkedBlockingQueue<>(100);

	private final Executor kitchen = new SimpleAsyncTaskExecutor("kitchen-");

	private final SocketIoOperations sockets;

	OrdersHandler(SocketIoOperations sockets) {
		this.sockets = sockets;
	}

	@OnEvent("order")
	Receipt order(Order order) {
		return new Receipt(order.drink(), order.cups() * 250);
	}

	@OnEvent("brew")
	void brew(Order order, AckRequest ack) {
		this.kitchen.execute(() -> ack.sendAckData("ready", order.cups()));
	}

	void confirm(SocketIOClient client) {
		client.sendEvent("confirm", new AckCallback<>(String.class, 10) { // seconds

			@Override
			public void onSuccess(String answer) {
				OrdersHandler.this.log.add("confirmed: " + answer);
			}

			@Override
			public void onTimeout() { // or it has disconnected
				OrdersHandler.this.log.add("not confirmed");
			}

		}, "order 7");
	}

	List<@Nullable Object> ask(String room, String question) {
		try {
			return this.sockets.to(room).timeout(Duration.ofSeconds(10)).emitWithAck("question", question).join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof AckTimeoutException timeout) {
				return timeout.responses(); // of those who did answer
			}
			throw ex;
		}
	}

	record Order(String drink, int cups) {
	}

	record Receipt(String drink, int cents) {
	}

}
