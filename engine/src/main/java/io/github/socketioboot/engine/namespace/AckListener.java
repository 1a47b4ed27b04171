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

package io.github.socketioboot.engine.namespace;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Takes the acknowledgement of a client. Exactly one of its methods is called, on a
 * handler thread, in order with the events of the socket.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AckListener {

	/**
	 * The client has answered.
	 * @param args arguments of the answer
	 */
	void onAck(List<@Nullable Object> args);

	/**
	 * The client will not answer.
	 * @param failure why
	 */
	default void onFailure(AckFailure failure) {
	}

}
