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
 * loop. Thread-safe, except where a method says otherwise.
 *
 * @since 0.1.0
 */
public interface AdapterSocket {

	/**
	 * Return the public id, which is also the name of the socket's own room.
	 * @return the id
	 */
	String id();

	/**
	 * Return the loop on which the socket lives, always the same.
	 * @return the loop
	 */
	EngineLoop loop();

	/**
	 * Return the rooms that the socket is in, without its own.
	 * @return a snapshot or live view, not to be changed
	 */
	Set<String> rooms();

	/**
	 * Write a packet. Called on the socket's loop only.
	 * @param packet the packet; stays the caller's, is retained if it is kept
	 * @param onlyIfWritable whether the packet may be dropped when the transport is not
	 * ready ({@code volatile})
	 */
	void deliver(EncodedPacket packet, boolean onlyIfWritable);

}
