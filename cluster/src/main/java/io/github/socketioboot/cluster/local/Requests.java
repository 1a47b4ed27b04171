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

package io.github.socketioboot.cluster.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame;

/**
 * What the primary was asked for and has not answered. Event loop of the link only,
 * except where a method says otherwise.
 */
final class Requests {

	/**
	 * Most requests without an answer.
	 */
	private static final int MAX_OPEN = 64;

	private static final long TIMEOUT_SECONDS = 5;

	private final Link link;

	private final Map<Integer, CompletableFuture<LinkFrame.CommandResult>> open = new LinkedHashMap<>();

	private int lastId;

	private boolean closed;

	Requests(Link link) {
		this.link = link;
	}

	/**
	 * Ask for something. Thread-safe.
	 * @param action what to do
	 * @param argument number that goes with it, or 0
	 * @return completed with the answer, or exceptionally with the cause
	 */
	CompletionStage<LinkFrame.CommandResult> send(LinkFrame.Command.Action action, int argument) {
		CompletableFuture<LinkFrame.CommandResult> answer = new CompletableFuture<>();
		try {
			this.link.loop().execute(() -> send(action, argument, answer));
		}
		catch (RejectedExecutionException ex) {
			answer.completeExceptionally(gone());
		}
		return answer;
	}

	/**
	 * Take an answer.
	 * @param result the answer
	 */
	void onAnswer(LinkFrame.CommandResult result) {
		CompletableFuture<LinkFrame.CommandResult> answer = this.open.remove(result.id());
		if (answer != null) {
			answer.complete(result);
		}
	}

	/**
	 * Await no more answers.
	 */
	void close() {
		this.closed = true;
		this.open.values().forEach((answer) -> answer.completeExceptionally(gone()));
		this.open.clear();
	}

	private void send(LinkFrame.Command.Action action, int argument,
			CompletableFuture<LinkFrame.CommandResult> answer) {
		if (this.open.size() >= MAX_OPEN) {
			answer.completeExceptionally(new IllegalStateException("The primary was asked for too much already"));
			return;
		}
		int id = ++this.lastId;
		if (this.closed || !this.link.send(new LinkFrame.Command(id, action, argument))) {
			answer.completeExceptionally(gone());
			return;
		}
		this.open.put(id, answer);
		this.link.loop().schedule(() -> {
			if (this.open.remove(id) != null) {
				answer.completeExceptionally(
						new TimeoutException("The primary has not answered within " + TIMEOUT_SECONDS + " s"));
			}
		}, TIMEOUT_SECONDS, TimeUnit.SECONDS);
	}

	private static IllegalStateException gone() {
		return new IllegalStateException("The primary is gone");
	}

}
