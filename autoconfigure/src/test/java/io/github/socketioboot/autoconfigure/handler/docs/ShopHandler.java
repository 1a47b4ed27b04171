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

package io.github.socketioboot.autoconfigure.handler.docs;

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.handler.SocketIoExceptionHandler;
import io.github.socketioboot.autoconfigure.handler.SocketIoNamespace;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

@Component
@SocketIoNamespace("/shop")
class ShopHandler {

	@OnConnect
	void connected(SocketIOClient client, HandshakeData handshake, @Nullable Principal user) {
		client.set("address", String.valueOf(handshake.getAddress()));
	}

	@OnEvent("quantity")
	int quantity(String article, int quantity, SocketIOClient client) {
		return quantity;
	}

	@OnEvent("basket")
	int basket(List<Line> lines) {
		return lines.size();
	}

	@OnEvent("upload")
	void upload(String name, byte[] content, AckRequest ack) {
		ack.sendAckData("stored", content.length);
	}

	@OnEvent("order")
	String order(@Valid @NotNull Order order) {
		return "ordered";
	}

	@OnEvent("lines")
	int lines(@NotBlank String customer, List<@Valid Line> lines) {
		return lines.size();
	}

	@OnEvent("change")
	void change(@Validated(Changed.class) Change change) {
	}

	@OnEvent("price")
	CompletableFuture<Integer> price(String article) {
		return CompletableFuture.supplyAsync(() -> 3 * article.length());
	}

	@OnEvent("stock")
	Mono<Integer> stock(String article) {
		return Mono.just(7);
	}

	@OnEvent("find")
	Optional<Line> find(String article) {
		return Optional.empty();
	}

	@OnEvent("pay")
	void pay(int amount) throws IOException {
		if (amount < 0) {
			throw new IllegalArgumentException("amount: " + amount);
		}
		throw new IOException("The bank does not answer");
	}

	@SocketIoExceptionHandler
	String refuse(IllegalArgumentException failure, SocketIOClient client, @Nullable String event) {
		return "refused";
	}

	record Line(@NotBlank String article, @Positive int quantity) {
	}

	record Order(@NotBlank String customer, @NotEmpty List<@Valid Line> lines) {
	}

	interface Changed {

	}

	record Change(@NotNull(groups = Changed.class) @Nullable Integer number, @NotBlank String customer) {
	}

}
