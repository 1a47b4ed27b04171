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

package io.github.socketioboot.engine.session;

/**
 * Why something of a peer was refused, for counters. A closed set, so that the values may
 * become tags of meters. Immutable.
 *
 * @since 0.1.0
 */
public enum RefusalReason {

	/**
	 * A request with an Origin that is not allowed.
	 */
	ORIGIN,

	/**
	 * A request that is no Engine.IO request, or not for a session that exists.
	 */
	BAD_REQUEST,

	/**
	 * A handshake that an interceptor refused.
	 */
	HANDSHAKE,

	/**
	 * A connection to a namespace that was refused, for lack of authentication or of the
	 * namespace.
	 */
	NAMESPACE,

	/**
	 * More connections than allowed.
	 */
	CONNECTIONS,

	/**
	 * More connections of one address than allowed.
	 */
	CONNECTIONS_PER_ADDRESS,

	/**
	 * More handshakes per second than allowed.
	 */
	HANDSHAKE_RATE,

	/**
	 * More events per second than allowed.
	 */
	EVENT_RATE,

	/**
	 * A message or body that is too large.
	 */
	PAYLOAD,

	/**
	 * More namespaces on one connection than allowed.
	 */
	NAMESPACES,

	/**
	 * More rooms of one socket than allowed.
	 */
	ROOMS,

	/**
	 * A handshake while the server drains.
	 */
	DRAINING,

	/**
	 * A request that was not complete in time.
	 */
	SLOW_REQUEST

}
