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

import org.jspecify.annotations.Nullable;

/**
 * Learns what becomes of a broadcast that asks for acknowledgements. Called on any thread
 * and must not block.
 *
 * @since 0.1.0
 */
public interface BroadcastAnswers {

	/**
	 * A node has sent the packet. Called once per node.
	 * @param clients to how many sockets
	 */
	void onClientCount(int clients);

	/**
	 * A client has answered.
	 * @param value first argument of the answer, or {@code null} if it has none
	 */
	void onAnswer(@Nullable Object value);

	/**
	 * A node is gone, and with it receivers that have not answered. Its number of
	 * receivers is told too, before or afterwards, unless the node is not counted.
	 * @param node id of the node, or words for several that are not known by name
	 * @param clients how many of them had not answered, as far as is known
	 */
	void onLost(String node, int clients);

}
