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
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests without end on several connections, kept alive and new ones in turn. Nothing
 * is tried twice: each failure is kept.
 */
final class RestLoad implements AutoCloseable {

	private static final int REQUESTS_PER_CONNECTION = 10;

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger answers = new AtomicInteger();

	private final List<CompletableFuture<Void>> threads = new ArrayList<>();

	private volatile boolean ended;

	RestLoad(int port, String target, int threads) {
		for (int i = 0; i < threads; i++) {
			CompletableFuture<Void> done = new CompletableFuture<>();
			Thread thread = new Thread(() -> {
				while (!this.ended) {
					round(port, target);
				}
				done.complete(null);
			}, "rest-load");
			thread.setDaemon(true);
			thread.start();
			this.threads.add(done);
		}
	}

	private void round(int port, String target) {
		try (HttpConnection connection = new HttpConnection(port)) {
			for (int i = 0; i < REQUESTS_PER_CONNECTION && !this.ended; i++) {
				HttpConnection.Answer answer = connection.get(target);
				this.answers.incrementAndGet();
				if (answer.status() != 200) {
					this.failures.add("status " + answer.status() + ": " + answer.body());
				}
				if (answer.closes()) {
					break;
				}
				// Leaves the processor to others
				Thread.sleep(5);
			}
		}
		catch (IOException ex) {
			this.failures.add(ex.toString());
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	List<String> failures() {
		return this.failures.stream().limit(20).toList();
	}

	int answers() {
		return this.answers.get();
	}

	@Override
	public void close() {
		this.ended = true;
		this.threads.forEach(CompletableFuture::join);
	}

}
