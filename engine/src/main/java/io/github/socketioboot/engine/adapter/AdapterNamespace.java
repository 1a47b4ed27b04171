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
import java.util.function.Consumer;

import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import org.jspecify.annotations.Nullable;

/**
 * A namespace as its adapter sees it. Thread-safe.
 *
 * @since 0.1.0
 */
public interface AdapterNamespace {

	/**
	 * Return the name.
	 * @return name with the leading slash
	 */
	String name();

	/**
	 * Return the encoder for packets to clients.
	 * @return the encoder
	 */
	SocketPacketEncoder encoder();

	/**
	 * Return an acknowledgement id for a packet to several sockets of this node.
	 * @return an id that no other packet of the namespace bears, on this node
	 */
	long nextAckId();

	/**
	 * Return how many rooms a socket may be in, without its own.
	 * @return the limit, at least 1
	 */
	int maxRoomsPerSocket();

	/**
	 * Find a connected local socket.
	 * @param id its id
	 * @return the socket, or {@code null} if there is none
	 */
	@Nullable AdapterSocket socket(String id);

	/**
	 * Count a socket that would have been in too many rooms.
	 */
	void refuseRooms();

	/**
	 * Note that a local socket has joined a room. Called by any thread while the rooms of
	 * the socket are locked; must neither block, nor fail, nor use the adapter.
	 * @param socket the socket
	 * @param room name of the room, which is not that of a single socket
	 */
	default void onJoined(AdapterSocket socket, String room) {
	}

	/**
	 * Note that a local socket has left a room. Called as {@link #onJoined}.
	 * @param socket the socket
	 * @param room name of the room
	 */
	default void onLeft(AdapterSocket socket, String room) {
	}

	/**
	 * Fire an event that another node has sent. Listeners run on handler threads.
	 * @param packet name of the event, then its arguments
	 * @param answer takes the answer, at most once, or {@code null} if none is wanted
	 */
	void onServerSideEmit(List<@Nullable Object> packet, @Nullable Consumer<@Nullable Object> answer);

}
