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

import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one namespace as {@code createShardedAdapter} of
 * {@code @socket.io/redis-adapter} publishes them, without I/O: in JSON, or in
 * MessagePack if bytes are in them. Thread-safe.
 */
final class ShardedCodec {

	private static final String UID = "uid";

	private static final String NAMESPACE = "nsp";

	private final String uid;

	private final String namespace;

	private final Payloads payloads;

	private final ShardedReader reader;

	private final byte[] endOfJson;

	private final byte[] endOfMessagePack;

	/**
	 * Create a codec.
	 * @param namespace name of the namespace with the leading slash
	 * @param uid id of this member
	 * @param encoder encoder of the application's payloads
	 */
	ShardedCodec(String namespace, String uid, SocketPacketEncoder encoder) {
		this.uid = uid;
		this.namespace = namespace;
		this.payloads = new Payloads(encoder);
		this.reader = new ShardedReader(this.payloads);
		byte[] json = new JsonWriter().startObject()
			.name(UID)
			.text(uid)
			.name(NAMESPACE)
			.text(namespace)
			.endObject()
			.toByteArray();
		this.endOfJson = Arrays.copyOfRange(json, 1, json.length);
		this.endOfMessagePack = new MessagePackWriter().text(UID)
			.text(uid)
			.text(NAMESPACE)
			.text(namespace)
			.toByteArray();
	}

	/**
	 * Write a message.
	 * @param message the message; a packet in it must be encoded and stays the caller's
	 * @return what to publish
	 * @throws IllegalArgumentException if a payload cannot be written as JSON, or the
	 * protocol has no such message
	 */
	byte[] encode(ClusterMessage message) {
		return new ShardedWriter(this.namespace, this.uid, this.payloads).write(message);
	}

	/**
	 * Return whether this member has sent a message. Its bytes tell, as ids cannot be
	 * guessed.
	 * @param bytes what has come
	 * @return {@code true} if so
	 */
	boolean isOwn(byte[] bytes) {
		return endsWith(bytes, this.endOfJson) || endsWith(bytes, this.endOfMessagePack);
	}

	private static boolean endsWith(byte[] bytes, byte[] end) {
		int start = bytes.length - end.length;
		return start > 0 && Arrays.equals(bytes, start, bytes.length, end, 0, end.length);
	}

	/**
	 * Read a message.
	 * @param bytes what has come
	 * @return the message, whose packet is not encoded yet; or {@code null} if this
	 * member has sent it, it is for another namespace, or about members, who are counted
	 * by Redis
	 * @throws MalformedMessageException if it is none
	 */
	@Nullable ShardedEnvelope decode(byte[] bytes) throws MalformedMessageException {
		Fields fields = Fields.read(bytes, (name, value) -> (name.equals(UID) && this.uid.equals(value))
				|| (name.equals(NAMESPACE) && !this.namespace.equals(value)));
		if (fields == null || !fields.has(NAMESPACE)) {
			return null;
		}
		ClusterMessage message = this.reader.message(fields);
		return (message != null) ? new ShardedEnvelope(fields.id(UID), message) : null;
	}

}
