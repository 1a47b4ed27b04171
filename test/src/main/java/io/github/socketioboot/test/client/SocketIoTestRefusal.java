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

package io.github.socketioboot.test.client;

import java.util.List;

import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a client could not connect. Immutable.
 *
 * @since 0.1.0
 */
public final class SocketIoTestRefusal {

	private final String message;

	private final @Nullable JsonNode data;

	private final JsonMapper mapper;

	private SocketIoTestRefusal(String message, @Nullable JsonNode data, JsonMapper mapper) {
		this.message = message;
		this.data = data;
		this.mapper = mapper;
	}

	static SocketIoTestRefusal of(@Nullable Object error, JsonMapper mapper) {
		if (error instanceof JSONObject object) {
			return new SocketIoTestRefusal(object.optString("message"),
					object.has("data") ? JsonTrees.read(object.opt("data")) : null, mapper);
		}
		if (error instanceof Throwable failure) {
			return new SocketIoTestRefusal(describe(failure), null, mapper);
		}
		return new SocketIoTestRefusal(String.valueOf(error), null, mapper);
	}

	private static String describe(Throwable failure) {
		Throwable cause = failure.getCause();
		return (cause != null) ? failure.getMessage() + ": " + cause.getMessage()
				: String.valueOf(failure.getMessage());
	}

	/**
	 * Return the message.
	 * @return what the server said; what the transport said if the server could not be
	 * reached or refused the handshake
	 */
	public String message() {
		return this.message;
	}

	/**
	 * Return the data that came with the message.
	 * @param <T> the type
	 * @param type the type
	 * @return the data
	 * @throws AssertionError if there are none, or they are of another type
	 */
	public <T> T data(Class<T> type) {
		if (this.data == null) {
			throw new AssertionError("The refusal '%s' came without data".formatted(this.message));
		}
		return new SocketIoTestArguments("the refusal '" + this.message + "'", List.of(this.data), this.mapper)
			.as(type);
	}

	@Override
	public String toString() {
		return this.message;
	}

}
