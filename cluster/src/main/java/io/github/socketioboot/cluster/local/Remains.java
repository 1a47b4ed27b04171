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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.link.WorkerIdentity;

/**
 * What a primary leaves behind that had no time to remove it: the link's socket, and the
 * private folder, which goes with the last worker. Thread-safe.
 */
final class Remains {

	private static final long LOOK_MILLIS = 100;

	/**
	 * Longer than a worker takes to end without its primary.
	 */
	private static final int MAX_LOOKS = 200;

	private final Path socket;

	private final Path directory;

	private final long primary;

	/**
	 * Create remains.
	 * @param identity who this worker is
	 * @param primary process id of the primary
	 */
	Remains(WorkerIdentity identity, long primary) {
		this.socket = identity.linkSocket();
		this.directory = identity.directory();
		this.primary = primary;
	}

	/**
	 * Remove them as soon as the primary is gone. Nothing is done as long as it lives: it
	 * may have closed the link of this worker only. Does not block.
	 */
	void remove() {
		remove(MAX_LOOKS);
	}

	private void remove(int looks) {
		if (looks > 0) {
			CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS).execute(() -> {
				if (!removeNow()) {
					remove(looks - 1);
				}
			});
		}
	}

	/**
	 * Remove what can be removed now, such as when this process is about to end.
	 * @return whether nothing is left to be removed
	 */
	boolean removeNow() {
		return !isPrimaryAlive() && isRemoved();
	}

	private boolean isPrimaryAlive() {
		return ProcessHandle.of(this.primary).map(ProcessHandle::isAlive).orElse(false);
	}

	private boolean isRemoved() {
		try {
			Files.deleteIfExists(this.socket);
			Files.deleteIfExists(this.directory);
			return true;
		}
		catch (IOException ex) {
			// Other workers have sockets there still
			return false;
		}
	}

}
