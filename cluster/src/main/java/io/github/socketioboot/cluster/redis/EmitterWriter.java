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

package io.github.socketioboot.cluster.redis;

import java.util.Arrays;
import java.util.List;

import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.ReservedEvents;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages to the servers of one namespace as {@code @socket.io/redis-emitter}
 * does, fields in the same order. Immutable and thread-safe.
 */
final class EmitterWriter {

	private static final String UID = "emitter";

	private final ClassicChannels channels;

	private final SocketPacketEncoder encoder;

	private final Payloads payloads;

	/**
	 * Create a writer.
	 * @param channels names of the namespace's channels
	 * @param encoder encoder of the application's payloads, with what clients allow
	 */
	EmitterWriter(ClassicChannels channels, SocketPacketEncoder encoder) {
		this.channels = channels;
		this.encoder = encoder;
		this.payloads = new Payloads(encoder);
	}

	/**
	 * Write an event for clients.
	 * @param target whom it is for
	 * @param event name and arguments
	 * @return what to publish
	 * @throws IllegalArgumentException if the name is reserved, or clients or servers
	 * would not take it
	 */
	ClassicMessage event(EmitterTarget target, List<? extends @Nullable Object> event) {
		MessagePackWriter out = new MessagePackWriter();
		out.array(3).text(UID);
		out.map(3).text("type").number(SocketPacketType.EVENT.ordinal());
		out.text("data").value(tree(event)).text("nsp").text(this.channels.namespace());
		out.map(3).text("rooms").texts(target.rooms());
		out.text("flags").map(target.flags().size());
		target.flags().forEach((flag, value) -> out.text(flag).bool(value));
		out.text("except").texts(target.except());
		String channel = (target.rooms().size() == 1) ? this.channels.broadcast(target.rooms().iterator().next())
				: this.channels.broadcast();
		return message(channel, out.toByteArray());
	}

	private @Nullable Object tree(List<? extends @Nullable Object> event) {
		EncodedPacket packet = this.encoder.encode(SocketPacketType.EVENT, SocketPacket.ROOT, SocketPacket.NO_ID,
				event);
		try {
			return this.payloads.tree(packet, SocketPacket.ROOT);
		}
		finally {
			packet.release();
		}
	}

	ClassicMessage join(EmitterTarget target, String... rooms) {
		return request(request(ClassicType.REMOTE_JOIN, target).name("rooms").texts(Arrays.asList(rooms)));
	}

	ClassicMessage leave(EmitterTarget target, String... rooms) {
		return request(request(ClassicType.REMOTE_LEAVE, target).name("rooms").texts(Arrays.asList(rooms)));
	}

	ClassicMessage disconnect(EmitterTarget target, boolean close) {
		return request(request(ClassicType.REMOTE_DISCONNECT, target).name("close").bool(close));
	}

	/**
	 * Write an event for servers.
	 * @param event name and arguments
	 * @return what to publish
	 * @throws IllegalArgumentException if the name is reserved, or an argument cannot be
	 * written as JSON
	 */
	ClassicMessage serverSideEvent(List<? extends @Nullable Object> event) {
		if (ReservedEvents.containsAmongServers(event.get(0))) {
			throw new IllegalArgumentException("\"" + event.get(0) + "\" is a reserved event name");
		}
		JsonWriter out = new JsonWriter().startObject().name("uid").text(UID);
		out.name("type").number(ClassicType.SERVER_SIDE_EMIT);
		return request(out.name("data").raw(this.payloads.jsonOfList(event)));
	}

	private static JsonWriter request(int type, EmitterTarget target) {
		JsonWriter out = new JsonWriter().startObject().name("type").number(type);
		out.name("opts").startObject().name("rooms").texts(target.rooms());
		return out.name("except").texts(target.except()).endObject();
	}

	private ClassicMessage request(JsonWriter out) {
		return message(this.channels.request(), out.endObject().toByteArray());
	}

	private static ClassicMessage message(String channel, byte[] bytes) {
		if (bytes.length > Bounds.MAX_MESSAGE) {
			throw new IllegalArgumentException("The message has " + bytes.length + " bytes (expected: at most "
					+ Bounds.MAX_MESSAGE + ", which servers take)");
		}
		return new ClassicMessage(channel, bytes);
	}

}
