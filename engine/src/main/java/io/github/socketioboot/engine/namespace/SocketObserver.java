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

import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Learns what becomes of the sockets of all namespaces of this node. Called on event
 * loops, and by any thread while rooms are locked: thread-safe, does no more than hand
 * over to a thread of its own, calls no socket and no adapter, and throws nothing.
 *
 * @since 0.1.0
 */
public interface SocketObserver {

	/**
	 * A socket has connected. Its rooms were told before.
	 * @param socket the socket
	 */
	void onConnected(Socket socket);

	/**
	 * The client goes on over another transport.
	 * @param socket a connected socket of the client, each is told
	 */
	void onUpgraded(Socket socket);

	/**
	 * The application's data of a socket may have changed.
	 * @param socket the socket, connected or not
	 */
	void onDataChanged(Socket socket);

	/**
	 * A socket has disconnected. The rooms that it leaves by that are told next.
	 * @param socket a socket that was connected
	 * @param reason why
	 */
	void onDisconnected(Socket socket, CloseReason reason);

	/**
	 * A socket has joined a room. The rooms of single sockets are not told.
	 * @param socket the socket
	 * @param room name of the room
	 */
	void onJoined(Socket socket, String room);

	/**
	 * A socket has left a room.
	 * @param socket the socket
	 * @param room name of the room
	 */
	void onLeft(Socket socket, String room);

	/**
	 * An event of a client has come and goes to its handler.
	 * @param socket the socket
	 * @param event name of the event
	 * @param args arguments, which the handler gets too: not to be changed, and nobody
	 * says that the handler does not
	 */
	void onReceived(Socket socket, String event, List<@Nullable Object> args);

	/**
	 * A packet goes out to a socket: an event or an acknowledgement, or several of them.
	 * @param socket the socket
	 * @param packet the packet, or a batch; stays the caller's, is retained if it is kept
	 */
	void onSent(Socket socket, EncodedPacket packet);

	/**
	 * Return what this node tells observers of other nodes about a socket, besides the
	 * application's data and hidden from applications.
	 * @param socket the socket
	 * @return a map, list or scalar
	 */
	Object privateData(Socket socket);

}
