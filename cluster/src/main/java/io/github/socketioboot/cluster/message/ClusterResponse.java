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

package io.github.socketioboot.cluster.message;

import java.util.List;

import io.github.socketioboot.engine.adapter.SocketDetails;
import org.jspecify.annotations.Nullable;

/**
 * What a member answers to a request of another one. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface ClusterResponse extends ClusterMessage {

	/**
	 * Return which request this belongs to.
	 * @return id of the request
	 */
	String requestId();

	/**
	 * Descriptions of sockets. Many are told in several such responses.
	 *
	 * @param requestId id of the request
	 * @param sockets the descriptions
	 * @param last whether there are no further ones
	 */
	record FetchSocketsResponse(String requestId, List<SocketDetails> sockets,
			boolean last) implements ClusterResponse {

		/**
		 * Create a response.
		 */
		public FetchSocketsResponse {
			sockets = List.copyOf(sockets);
		}

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.FETCH_SOCKETS_RESPONSE;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onFetchSocketsResponse(this);
		}

	}

	/**
	 * Answer to an event for the namespace itself.
	 *
	 * @param requestId id of the request
	 * @param exists whether the member has the namespace; if not, it will not answer
	 * @param packet the answer
	 */
	record ServerSideEmitResponse(String requestId, boolean exists,
			@Nullable Object packet) implements ClusterResponse {

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.SERVER_SIDE_EMIT_RESPONSE;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onServerSideEmitResponse(this);
		}

	}

	/**
	 * To how many clients a packet was sent.
	 *
	 * @param requestId id of the request
	 * @param clientCount number of clients, at least 0
	 */
	record BroadcastClientCount(String requestId, int clientCount) implements ClusterResponse {

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.BROADCAST_CLIENT_COUNT;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onBroadcastClientCount(this);
		}

	}

	/**
	 * Acknowledgement of a client.
	 *
	 * @param requestId id of the request
	 * @param packet its first argument, or {@code null} if it has none
	 */
	record BroadcastAck(String requestId, @Nullable Object packet) implements ClusterResponse {

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.BROADCAST_ACK;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onBroadcastAck(this);
		}

	}

}
