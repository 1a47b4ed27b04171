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

package io.github.socketioboot.test.client;

import java.net.URI;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.socket.client.IO;
import io.socket.client.Socket;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * A socket of the official Java client with an HTTP client of its own: a shared one would
 * limit the requests to one host, and a poll is a request. Thread-safe.
 */
final class Connection implements AutoCloseable {

	/**
	 * Longer than the time between two heartbeats and the wait for the second.
	 */
	private static final long READ_SECONDS = 120;

	/**
	 * Threads end by themselves: the last request is sent after the socket is closed.
	 */
	private static final long IDLE_SECONDS = 2;

	private static final int MAX_IDLE = 2;

	private final Socket socket;

	Connection(URI address, String path, @Nullable String query, Map<String, List<String>> headers,
			List<String> transports, @Nullable Object auth) {
		ExecutorService executor = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), Connection::thread);
		OkHttpClient http = new OkHttpClient.Builder().dispatcher(new Dispatcher(executor))
			.connectionPool(new ConnectionPool(MAX_IDLE, IDLE_SECONDS, TimeUnit.SECONDS))
			.readTimeout(READ_SECONDS, TimeUnit.SECONDS)
			.build();
		IO.Options options = IO.Options.builder()
			.setForceNew(true)
			.setReconnection(false)
			.setPath(path)
			.setQuery(query)
			.setExtraHeaders(new LinkedHashMap<>(headers))
			.setTransports(transports.toArray(String[]::new))
			.setAuth(properties(auth))
			.build();
		options.callFactory = http;
		options.webSocketFactory = http;
		this.socket = IO.socket(address, options);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "socketio-test-client");
		thread.setDaemon(true);
		return thread;
	}

	// The client declares strings and sends whatever JSON can be made of
	@SuppressWarnings("unchecked")
	private static @Nullable Map<String, String> properties(@Nullable Object auth) {
		if (auth == null) {
			return null;
		}
		if (!(auth instanceof JSONObject object)) {
			throw new IllegalArgumentException("auth: " + auth + " (expected: an object)");
		}
		Map<String, Object> properties = new LinkedHashMap<>();
		for (Iterator<?> keys = object.keys(); keys.hasNext();) {
			String key = (String) keys.next();
			properties.put(key, object.opt(key));
		}
		return (Map<String, String>) (Map<String, ?>) properties;
	}

	Socket socket() {
		return this.socket;
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
