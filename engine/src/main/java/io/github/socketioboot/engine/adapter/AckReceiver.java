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

package io.github.socketioboot.engine.adapter;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Waits for the acknowledgements of one id. Called on the loop of the answering socket
 * and must not block.
 *
 * @since 0.1.0
 */
public interface AckReceiver {

	/**
	 * A client has answered. Called once per socket at most.
	 * @param args arguments of the answer
	 */
	void onAck(List<@Nullable Object> args);

	/**
	 * A socket will never answer: it has left, or too many acknowledgements of it are
	 * outstanding already.
	 */
	void onAbsent();

}
