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

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * HTTP request of a polling session that awaits its answer. Thread-safe; the first answer
 * counts, later ones are dropped.
 *
 * @since 0.1.0
 */
public interface PollExchange {

	/**
	 * Answer with packets or with the result of a POST.
	 * @param contentType value of {@code Content-Type}
	 * @param body the body; ownership passes
	 * @param compressible whether the body may be compressed
	 */
	void respond(String contentType, ByteBuf body, boolean compressible);

	/**
	 * Answer with an empty body.
	 * @param status status of the answer
	 */
	void respondEmpty(int status);

	/**
	 * Answer as to a request that does not fit the session's transport.
	 */
	void respondBadRequest();

	/**
	 * Close the connection without an answer.
	 */
	void destroy();

	/**
	 * Return a header of the request.
	 * @param name name of the header
	 * @return its value, or {@code null}
	 */
	@Nullable String header(CharSequence name);

}
