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
 * itself ignores what follows while shutdown hooks run. Thread-safe.
 */
final class SecondSignal {

	private final AtomicBoolean received = new AtomicBoolean();

	private final Map<String, ProcessSignal> signals = new LinkedHashMap<>();

	private SecondSignal() {
	}

	/**
	 * Begin to count signals.
	 * @return the counter
	 */
	static SecondSignal watch() {
		SecondSignal watch = new SecondSignal();
		watch.install();
		return watch;
	}

	private synchronized void install() {
		for (String name : List.of("INT", "TERM")) {
			ProcessSignal signal = ProcessSignal.handle(name, () -> receive(name));
			if (signal != null) {
				this.signals.put(name, signal);
			}
		}
	}

	/**
	 * Go back to how signals were handled before, unless one has come.
	 */
	synchronized void restore() {
		if (!this.received.get()) {
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
