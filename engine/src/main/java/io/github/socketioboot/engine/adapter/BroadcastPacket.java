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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.PacketFormatException;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to many sockets. Encoded once, and the bytes shared. Thread-safe.
 * Reference counted: who delivers it later retains it.
 *
 * @since 0.1.0
 */
public final class BroadcastPacket extends AbstractReferenceCounted {

	/**
	 * {@code null} if the packet was encoded elsewhere.
	 */
	private final @Nullable List<@Nullable Object> data;

	private final long ackId;

	@GuardedBy("this")
	private @Nullable EncodedPacket encoded;

	/**
	 * Create a packet.
	 * @param event name of the event
	 * @param args arguments
	 * @param ackId acknowledgement id, or {@link SocketPacket#NO_ID}
	 */
	public BroadcastPacket(String event, List<?> args, long ackId) {
		this(data(event, args), ackId);
	}

	private BroadcastPacket(List<@Nullable Object> data, long ackId) {
		this.data = data;
		this.ackId = ackId;
	}

	private static List<@Nullable Object> data(String event, List<?> args) {
		List<@Nullable Object> data = new ArrayList<>(args.size() + 1);
		data.add(event);
		data.addAll(args);
		return Collections.unmodifiableList(data);
	}

	/**
	 * Create a packet that another node has encoded.
	 * @param encoded its bytes, those of an event of the right namespace; ownership
	 * passes
	 * @param ackId acknowledgement id in it, or {@link SocketPacket#NO_ID}
	 */
	public BroadcastPacket(EncodedPacket encoded, long ackId) {
		this.data = null;
		this.ackId = ackId;
		this.encoded = encoded;
	}

	/**
	 * Return the payload.
	 * @return name of the event, then its arguments
	 * @throws IllegalStateException if another node has encoded the packet
	 */
	public List<@Nullable Object> data() {
		if (this.data == null) {
			throw new IllegalStateException("The packet was encoded by another node");
		}
		return this.data;
	}

	/**
	 * Return the acknowledgement id.
	 * @return the id, or {@link SocketPacket#NO_ID}
	 */
	public long ackId() {
		return this.ackId;
	}

	/**
	 * Return the bytes, the same at each call.
	 * @param encoder encoder of the namespace
	 * @param namespace name of the namespace
	 * @return the packet, which stays this object's
	 * @throws IllegalArgumentException if the name of the event is reserved or the
	 * payload cannot be written as JSON
	 */
	public synchronized EncodedPacket encoded(SocketPacketEncoder encoder, String namespace) {
		if (this.encoded == null) {
			this.encoded = encoder.encode(SocketPacketType.EVENT, namespace, this.ackId, data());
		}
		return this.encoded;
	}

	/**
	 * Return the bytes of a packet that has been encoded.
	 * @return the packet, which stays this object's
	 * @throws IllegalStateException if it has not
	 */
	public synchronized EncodedPacket encoded() {
		if (this.encoded == null) {
			throw new IllegalStateException("The packet is not encoded yet");
		}
		return this.encoded;
	}

	/**
	 * Return the same event with another acknowledgement id.
	 * @param namespace name of the namespace
	 * @param ackId the other id
	 * @return a packet, which the caller releases
	 * @throws PacketFormatException if another node has encoded this packet, and without
	 * an id or for another namespace
	 */
	public BroadcastPacket withAckId(String namespace, long ackId) throws PacketFormatException {
		return (this.data != null) ? new BroadcastPacket(this.data, ackId)
				: new BroadcastPacket(encoded().withId(namespace, ackId), ackId);
	}

	@Override
	public BroadcastPacket retain() {
		super.retain();
		return this;
	}

	@Override
	public ReferenceCounted touch(Object hint) {
		return this;
	}

	@Override
	protected synchronized void deallocate() {
		if (this.encoded != null) {
			this.encoded.release();
			this.encoded = null;
		}
	}

}
