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

package io.github.socketioboot.engine.transport.polling;

import io.github.socketioboot.engine.protocol.EngineVersion;

/**
 * How a client polls, fixed by its handshake. Immutable.
 *
 * @param version Engine.IO version
 * @param base64 whether binary is to be sent as text ({@code b64}, version 3)
 * @param jsonp index of the JSONP callback, or {@link #NO_JSONP}
 * @since 0.1.0
 */
public record PollingOptions(EngineVersion version, boolean base64, String jsonp) {

	/**
	 * Value of {@link #jsonp()} for plain polling.
	 */
	public static final String NO_JSONP = "";

	boolean isJsonp() {
		return !this.jsonp.isEmpty();
	}

}
