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

package io.github.socketioboot.cluster.supervisor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A process that does what a test says, and ends when it is killed.
 */
final class FakeProcess implements WorkerProcess {

	private static final int FIRST_PID = 1000;

	private static final int KILLED = 137;

	private final CompletableFuture<Integer> exit = new CompletableFuture<>();

	private final int index;

	private final int number;

	private boolean immortal;

	private boolean terminated;

	private boolean killed;

	private long memory;

	FakeProcess(int index, int number) {
		this.index = index;
		this.number = number;
	}

	@Override
	public long pid() {
		return FIRST_PID + this.number;
	}

	@Override
	public CompletionStage<Integer> exit() {
		return this.exit;
	}

	@Override
	public void terminate() {
		this.terminated = true;
	}

	@Override
	public void kill() {
		this.killed = true;
		if (!this.immortal) {
			this.exit.complete(KILLED);
		}
	}

	@Override
	public long memory() {
		return this.memory;
	}

	int index() {
		return this.index;
	}

	int number() {
		return this.number;
	}

	boolean isTerminated() {
		return this.terminated;
	}

	boolean isKilled() {
		return this.killed;
	}

	void end(int code) {
		this.exit.complete(code);
	}

	void grow(long bytes) {
		this.memory = bytes;
	}

	void outliveKill() {
		this.immortal = true;
	}

}
