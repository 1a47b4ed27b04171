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

package io.github.socketioboot.cluster.primary;

import io.github.socketioboot.cluster.primary.PrimaryConfig.PublicAddress;

/**
 * Thrown when a public port cannot be had.
 *
 * @since 0.1.0
 */
public final class PortUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient PublicAddress address;

	/**
	 * Create an exception.
	 * @param address the port
	 * @param cause why
	 */
	public PortUnavailableException(PublicAddress address, Throwable cause) {
		super(address.property() + ": " + address.port() + " cannot be bound: " + cause.getMessage(), cause);
		this.address = address;
	}

	/**
	 * Return the port.
	 * @return the port
	 */
	public PublicAddress address() {
		return this.address;
	}

}
