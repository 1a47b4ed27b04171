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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.github.socketioboot.autoconfigure.SocketIoOperations;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Events between servers, of docs/rooms-and-broadcasts.md.
 */
@Component
class CacheInvalidation {

	private final Map<String, String> prices = new ConcurrentHashMap<>(Map.of("tea", "2.50"));

	private final SocketIoOperations sockets;

	CacheInvalidation(SocketIoOperations sockets) {
		this.sockets = sockets;
		sockets.onServerSideEmit("price-changed", (args, answer) -> {
			this.prices.remove(String.valueOf(args.get(0)));
			if (answer != null) {
				answer.accept("forgotten");
			}
		});
	}

	void changed(String drink) {
		this.prices.remove(drink);
		this.sockets.serverSideEmit("price-changed", drink); // not to clients
	}

	CompletableFuture<List<@Nullable Object>> changedEverywhere(String drink) {
		return this.sockets.timeout(Duration.ofSeconds(2)).serverSideEmitWithAck("price-changed", drink);
	}

}
