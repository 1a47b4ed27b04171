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

import java.util.Collections;
import java.util.List;

import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import org.jspecify.annotations.Nullable;

/**
 * What members of a cluster tell each other. Immutable, but for the reference count of a
 * {@link Broadcast}'s packet.
 *
 * @since 0.1.0
 */
public sealed interface ClusterMessage
		permits ClusterMessage.InitialHeartbeat, ClusterMessage.Heartbeat, ClusterMessage.Broadcast,
		ClusterMessage.SocketsJoin, ClusterMessage.SocketsLeave, ClusterMessage.DisconnectSockets,
		ClusterMessage.FetchSockets, ClusterMessage.ServerSideEmit, ClusterMessage.AdapterClose, ClusterResponse {

	/**
	 * Return the kind.
	 * @return the type
	 */
	ClusterMessageType type();

	/**
	 * Call the visitor's method for this kind.
	 * @param visitor the visitor
	 */
	void accept(ClusterMessageVisitor visitor);

	/**
	 * Return the trace that the message is part of.
	 * @return the trace, or {@code null} if it is part of none
	 */
	default @Nullable TraceParent trace() {
		return null;
	}

	/**
	 * Return the same message as part of a trace.
	 * @param trace the trace, or {@code null} for none
	 * @return another message, or this one if messages of its kind are part of none
	 */
	default ClusterMessage withTrace(@Nullable TraceParent trace) {
		return this;
	}

	/**
	 * A new member wants to hear of the others.
	 */
	record InitialHeartbeat() implements ClusterMessage {

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.INITIAL_HEARTBEAT;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onInitialHeartbeat(this);
		}

	}

	/**
	 * A member lives.
	 */
	record Heartbeat() implements ClusterMessage {

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.HEARTBEAT;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onHeartbeat(this);
		}

	}

	/**
	 * A packet for clients. Who decodes such a message owns its packet; who encodes one
	 * keeps it.
	 *
	 * @param packet the packet
	 * @param options whom for
	 * @param requestId id of the request if acknowledgements are wanted, else
	 * {@code null}
	 * @param trace the trace that it is part of, or {@code null}
	 */
	record Broadcast(BroadcastPacket packet, BroadcastOptions options, @Nullable String requestId,
			@Nullable TraceParent trace) implements ClusterMessage {

		/**
		 * Create a message that is part of no trace.
		 * @param packet the packet
		 * @param options whom for
		 * @param requestId id of the request if acknowledgements are wanted, else
		 * {@code null}
		 */
		public Broadcast(BroadcastPacket packet, BroadcastOptions options, @Nullable String requestId) {
			this(packet, options, requestId, null);
		}

		@Override
		public Broadcast withTrace(@Nullable TraceParent trace) {
			return new Broadcast(this.packet, this.options, this.requestId, trace);
		}

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.BROADCAST;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onBroadcast(this);
		}

	}

	/**
	 * Sockets shall join rooms.
	 *
	 * @param options which
	 * @param rooms the rooms
	 */
	record SocketsJoin(BroadcastOptions options, List<String> rooms) implements ClusterMessage {

		/**
		 * Create a message.
		 */
		public SocketsJoin {
			rooms = List.copyOf(rooms);
		}

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.SOCKETS_JOIN;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onSocketsJoin(this);
		}

	}

	/**
	 * Sockets shall leave rooms.
	 *
	 * @param options which
	 * @param rooms the rooms
	 */
	record SocketsLeave(BroadcastOptions options, List<String> rooms) implements ClusterMessage {

		/**
		 * Create a message.
		 */
		public SocketsLeave {
			rooms = List.copyOf(rooms);
		}

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.SOCKETS_LEAVE;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onSocketsLeave(this);
		}

	}

	/**
	 * Sockets shall be disconnected.
	 *
	 * @param options which
	 * @param close whether to close their sessions too
	 */
	record DisconnectSockets(BroadcastOptions options, boolean close) implements ClusterMessage {

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.DISCONNECT_SOCKETS;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onDisconnectSockets(this);
		}

	}

	/**
	 * Sockets shall be described.
	 *
	 * @param options which
	 * @param requestId id of the request
	 */
	record FetchSockets(BroadcastOptions options, String requestId) implements ClusterMessage {

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.FETCH_SOCKETS;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onFetchSockets(this);
		}

	}

	/**
	 * An event for the namespace itself.
	 *
	 * @param packet name of the event, then its arguments
	 * @param requestId id of the request if an answer is wanted, else {@code null}
	 * @param trace the trace that it is part of, or {@code null}
	 */
	record ServerSideEmit(List<@Nullable Object> packet, @Nullable String requestId,
			@Nullable TraceParent trace) implements ClusterMessage {

		/**
		 * Create a message.
		 */
		public ServerSideEmit {
			packet = Collections.unmodifiableList(packet);
		}

		/**
		 * Create a message that is part of no trace.
		 * @param packet name of the event, then its arguments
		 * @param requestId id of the request if an answer is wanted, else {@code null}
		 */
		public ServerSideEmit(List<@Nullable Object> packet, @Nullable String requestId) {
			this(packet, requestId, null);
		}

		@Override
		public ServerSideEmit withTrace(@Nullable TraceParent trace) {
			return new ServerSideEmit(this.packet, this.requestId, trace);
		}

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.SERVER_SIDE_EMIT;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onServerSideEmit(this);
		}

	}

	/**
	 * The sender leaves.
	 */
	record AdapterClose() implements ClusterMessage {

		@Override
		public ClusterMessageType type() {
			return ClusterMessageType.ADAPTER_CLOSE;
		}

		@Override
		public void accept(ClusterMessageVisitor visitor) {
			visitor.onAdapterClose(this);
		}

	}

}
