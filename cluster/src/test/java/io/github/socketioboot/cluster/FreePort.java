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

package io.github.socketioboot.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports for servers that must be told theirs before they start. They are below those that
 * the kernel gives to clients, of which one might come first. No port is found twice, as
 * it takes a while until somebody listens on it.
 */
public final class FreePort {

	private static final int LOWEST = 20_000;

	private static final int BOUND = 32_000;

	private static final int MAX_ATTEMPTS = 1000;

	private static final Set<Integer> found = ConcurrentHashMap.newKeySet();

	private FreePort() {
	}

	/**
	 * Find a port.
	 * @return one that was free a moment ago
	 */
	public static int find() {
		return find(1);
	}

	/**
	 * Find ports that follow each other.
	 * @param count how many
	 * @return the first of them
	 */
	public static int find(int count) {
		for (int i = 0; i < MAX_ATTEMPTS; i++) {
			int first = ThreadLocalRandom.current().nextInt(LOWEST, BOUND - count);
			if (IntStream.range(first, first + count).allMatch((port) -> isFree(port) && found.add(port))) {
				return first;
			}
		}
		throw new AssertionError("No port is free");
	}

	/**
	 * Return whether a port is free.
	 * @param port the port
	 * @return {@code true} if nobody listens there
	 */
	public static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
