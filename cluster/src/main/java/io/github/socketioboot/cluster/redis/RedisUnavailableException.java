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

package io.github.socketioboot.cluster.redis;

/**
 * Thrown at the start if Redis cannot be used, where that has to stop it.
 *
 * @since 0.1.0
 */
public final class RedisUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String address;

	private final String reason;

	RedisUnavailableException(String address, String reason, Throwable cause) {
		super("Redis at " + address + " cannot be used: " + reason, cause);
		this.address = address;
		this.reason = reason;
	}

	/**
	 * Return where Redis was looked for.
	 * @return hosts and ports, without user and password
	 */
	public String getAddress() {
		return this.address;
	}

	/**
	 * Return why it cannot be used.
	 * @return the client's own words
	 */
	public String getReason() {
		return this.reason;
	}

}
