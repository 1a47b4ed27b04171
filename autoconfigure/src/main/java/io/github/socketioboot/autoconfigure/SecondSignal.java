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

package io.github.socketioboot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.socketioboot.autoconfigure.process.ProcessSignal;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process at once at the second INT or TERM: the first one drains, as the JVM
 * itself ignores what follows while shutdown hooks run. Signals belong to the process:
 * all servers in it share the handlers, whichever stops first. Thread-safe.
 */
final class SecondSignal {

	private static final SecondSignal process = new SecondSignal();

	private final AtomicBoolean received = new AtomicBoolean();

	private final Map<String, ProcessSignal> signals = new LinkedHashMap<>();

	private int servers;

	private SecondSignal() {
	}

	/**
	 * Begin to count signals, for one more server.
	 * @return the counter
	 */
	static SecondSignal watch() {
		process.add();
		return process;
	}

	private synchronized void add() {
		if (this.servers++ > 0) {
			return;
		}
		for (String name : List.of("INT", "TERM")) {
			ProcessSignal signal = ProcessSignal.handle(name, () -> receive(name));
			if (signal != null) {
				this.signals.put(name, signal);
			}
		}
	}

	/**
	 * One server less. After the last, go back to how signals were handled before, unless
	 * one has come.
	 */
	synchronized void restore() {
		if (--this.servers == 0 && !this.received.get()) {
			this.signals.values().forEach(ProcessSignal::restore);
			this.signals.clear();
		}
	}

	private void receive(String name) {
		ProcessSignal signal = find(name);
		if (signal == null) {
			return;
		}
		if (this.received.compareAndSet(false, true)) {
			signal.callPrevious();
		}
		else {
			Runtime.getRuntime().halt(signal.exitCode());
		}
	}

	private synchronized @Nullable ProcessSignal find(String name) {
		return this.signals.get(name);
	}

}
