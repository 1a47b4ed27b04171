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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.session.Session;
import org.awaitility.Awaitility;

/**
 * Waits for what cannot be seen on the wire.
 */
final class Wire {

	private Wire() {
	}

	/**
	 * Wait until a poll pends.
	 */
	static void awaitPoll(Session session) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(session::isWritable);
	}

	/**
	 * Run something on the loop of a session and wait for its end.
	 */
	static void onLoop(Session session, Runnable task) throws Exception {
		CompletableFuture.runAsync(task, session.loop()).get(30, TimeUnit.SECONDS);
	}

}
