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

package io.github.socketioboot.engine.session;

import java.util.Map;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.transport.TransportName;

/**
 * Engine.IO session. Lives on one loop; methods are event loop only except where they say
 * otherwise.
 *
 * @since 0.1.0
 */
public abstract class Session {

	/**
	 * Return the secret id that gives access to the session. Thread-safe.
	 * @return 20 characters of {@code [A-Za-z0-9_-]}
	 */
	public abstract String id();

	/**
	 * Return the loop of the session, always the same. Thread-safe.
	 * @return the loop
	 */
	public abstract EngineLoop loop();

	/**
	 * Return the request that opened the session. Thread-safe.
	 * @return the handshake
	 */
	public abstract Handshake handshake();

	/**
	 * Return the Engine.IO version of the client. Thread-safe.
	 * @return the version
	 */
	public abstract EngineVersion version();

	/**
	 * Return what the handshake interceptor gave the session. Thread-safe.
	 * @return immutable map
	 */
	public abstract Map<String, Object> attributes();

	/**
	 * Return the current transport. Thread-safe.
	 * @return the transport
	 */
	public abstract TransportName transport();

	/**
	 * Return whether the session is neither closing nor closed. Thread-safe.
	 * @return {@code true} while packets may be sent
	 */
	public abstract boolean isOpen();

	/**
	 * Return whether a packet sent now would leave at once. Thread-safe, a snapshot.
	 * @return {@code false} while the transport is busy or, with polling, no poll pends
	 */
	public abstract boolean isWritable();

	/**
	 * Return how many bytes may wait to be sent, on their way to the loop included.
	 * Thread-safe.
	 * @return most bytes, at least 1
	 */
	public long maxOutboundBuffer() {
		return SessionConfig.DEFAULT.maxOutboundBuffer();
	}

	/**
	 * Send a packet. It leaves at the end of the loop's turn, behind those sent before; a
	 * session that is not open drops it.
	 * @param packet the packet; stays the caller's, is retained if it is kept
	 */
	public abstract void send(EncodedPacket packet);

	/**
	 * Read what {@link #send} is going to read, so that it lies near. Event loop only.
	 * @return anything that depends on what was read
	 */
	public int preload() {
		return 0;
	}

	/**
	 * Close the session after what was sent before has left.
	 * @param reason why
	 */
	public abstract void close(CloseReason reason);

	/**
	 * Stop reading from the client until {@link #resumeReading()}. A few packets that
	 * have been read already may still come.
	 */
	public abstract void pauseReading();

	/**
	 * Read on.
	 */
	public abstract void resumeReading();

}
