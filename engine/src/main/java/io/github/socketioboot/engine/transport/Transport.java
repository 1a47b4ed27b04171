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

package io.github.socketioboot.engine.transport;

import io.github.socketioboot.engine.protocol.EncodedPacket;

/**
 * Carries the Engine.IO packets of one session. Event loop only, except where a method
 * says otherwise.
 *
 * @since 0.1.0
 */
public interface Transport {

	/**
	 * Return which transport this is. Thread-safe.
	 * @return the name
	 */
	TransportName name();

	/**
	 * Say who is told of packets and of the end. Called before the first packet, and once
	 * more when an upgrade is complete.
	 * @param listener the listener
	 */
	void listener(TransportListener listener);

	/**
	 * Return whether the transport can still carry packets.
	 * @return {@code false} once it has ended, for whatever reason
	 */
	boolean isOpen();

	/**
	 * Return whether a packet sent now would leave at once. Thread-safe, a snapshot.
	 * @return {@code false} while the transport is busy
	 */
	boolean isWritable();

	/**
	 * Return how many bytes wait to be sent.
	 * @return number of bytes
	 */
	long pendingBytes();

	/**
	 * Send a packet, at the latest at the end of the loop's turn.
	 * @param packet the packet; stays the caller's, is retained if it is kept
	 */
	void send(EncodedPacket packet);

	/**
	 * Read what {@link #send} is going to read, so that it lies near.
	 * @return anything that depends on what was read
	 */
	default int preload() {
		return 0;
	}

	/**
	 * Close once what was sent has left. The listener is told when this is done.
	 */
	void close();

	/**
	 * Close at once, without regard to what was sent. The listener is not told.
	 */
	void terminate();

	/**
	 * Stop taking packets from the client.
	 */
	void pauseReading();

	/**
	 * Take packets again.
	 */
	void resumeReading();

}
