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

import org.jspecify.annotations.Nullable;

/**
 * The server cannot listen.
 */
class SocketIoPortException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final @Nullable String host;

	private final int port;

	private final boolean inUse;

	/**
	 * Create an exception.
	 * @param host address to listen on, or {@code null} for all interfaces
	 * @param port port to listen on
	 * @param inUse whether someone else listens there
	 * @param cause the cause
	 */
	SocketIoPortException(@Nullable String host, int port, boolean inUse, Throwable cause) {
		super("Cannot listen on %s port %d".formatted((host != null) ? host : "all interfaces,", port), cause);
		this.host = host;
		this.port = port;
		this.inUse = inUse;
	}

	@Nullable String getHost() {
		return this.host;
	}

	int getPort() {
		return this.port;
	}

	boolean isInUse() {
		return this.inUse;
	}

}
