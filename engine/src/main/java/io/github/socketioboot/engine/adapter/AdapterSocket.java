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

import java.util.Set;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EncodedPacket;

/**
 * A socket as an adapter sees it: a receiver with an id and rooms, that lives on one
 * loop. Thread-safe, except where a method says otherwise. To be extended by the socket
 * itself, so that its membership costs no object.
 *
 * @since 0.1.0
 */
public abstract class AdapterSocket {

	private final RoomNames rooms = new RoomNames();

	/**
	 * Place among all sockets of the namespace on its loop. Guarded by that list.
	 */
	int position = MemberList.NOT_A_MEMBER;

	RoomNames roomNames() {
		return this.rooms;
	}

	/**
	 * Return the public id, which is also the name of the socket's own room.
	 * @return the id
	 */
	public abstract String id();

	/**
	 * Return the loop on which the socket lives, always the same.
	 * @return the loop
	 */
	public abstract EngineLoop loop();

	/**
	 * Return the rooms that the socket is in, without its own. A socket that has
	 * disconnected keeps them until {@link #clearRooms()}.
	 * @return an immutable snapshot
	 */
	public final Set<String> rooms() {
		return this.rooms.snapshot();
	}

	/**
	 * Forget the rooms of a socket that an adapter has removed.
	 */
	protected final void clearRooms() {
		this.rooms.clear();
	}

	/**
	 * Write a packet. Called on the socket's loop only.
	 * @param packet the packet; stays the caller's, is retained if it is kept
	 * @param onlyIfWritable whether the packet may be dropped when the transport is not
	 * ready ({@code volatile})
	 */
	public abstract void deliver(EncodedPacket packet, boolean onlyIfWritable);

	/**
	 * Read what {@link #deliver} is going to read. Memory of sockets that are read one
	 * right after the other is fetched at the same time. Called on the socket's loop
	 * only.
	 * @return anything that depends on what was read
	 */
	protected int preload() {
		return 0;
	}

	/**
	 * Expect an acknowledgement. Called on the socket's loop only.
	 * @param id its id
	 * @param receiver what takes it
	 */
	public abstract void expectAck(long id, AckReceiver receiver);

	/**
	 * Expect an acknowledgement no longer. Called on the socket's loop only.
	 * @param id its id
	 */
	public abstract void forgetAck(long id);

	/**
	 * Close the session because packets come faster than they can be handed over to it.
	 */
	public abstract void overflow();

	/**
	 * Disconnect.
	 * @param close whether to close the session too
	 */
	public abstract void disconnect(boolean close);

	/**
	 * Describe the socket.
	 * @return a description
	 */
	public abstract SocketDetails details();

}
