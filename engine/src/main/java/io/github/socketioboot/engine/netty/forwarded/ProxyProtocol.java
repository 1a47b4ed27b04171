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

package io.github.socketioboot.engine.netty.forwarded;

import io.github.socketioboot.engine.netty.forwarded.ProxyHeader.State;

/**
 * Whether the connections of trusted proxies begin with a header of the PROXY protocol,
 * version 1 or 2. Those of others never may.
 *
 * @since 0.1.0
 */
public enum ProxyProtocol {

	/**
	 * They do not.
	 */
	NONE,

	/**
	 * They may.
	 */
	OPTIONAL,

	/**
	 * They do, and are closed if not.
	 */
	REQUIRED;

	/**
	 * Return whether a connection may begin as it has.
	 * @param header the header that was looked for
	 * @return {@code false} if the connection is to be closed
	 */
	public boolean accepts(ProxyHeader header) {
		return header.state() == State.COMPLETE || (header.state() == State.ABSENT && this == OPTIONAL);
	}

}
