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

package io.github.socketioboot.cluster;

import java.util.List;

import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessage.FetchSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.BroadcastClientCount;
import io.github.socketioboot.cluster.message.ClusterResponse.FetchSocketsResponse;
import io.github.socketioboot.cluster.message.ClusterResponse.ServerSideEmitResponse;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for a namespace that this node does not have, so that nobody waits.
 */
final class AbsentNamespace {

	private AbsentNamespace() {
	}

	/**
	 * Return what is to be said to a message.
	 * @param message the message
	 * @return the response, or {@code null} if nobody waits for one
	 */
	static @Nullable ClusterResponse answer(ClusterMessage message) {
		if (message instanceof Broadcast broadcast && broadcast.requestId() != null) {
			return new BroadcastClientCount(broadcast.requestId(), 0);
		}
		if (message instanceof FetchSockets fetch) {
			return new FetchSocketsResponse(fetch.requestId(), List.of(), true);
		}
		if (message instanceof ServerSideEmit event && event.requestId() != null) {
			return new ServerSideEmitResponse(event.requestId(), false, null);
		}
		return null;
	}

}
