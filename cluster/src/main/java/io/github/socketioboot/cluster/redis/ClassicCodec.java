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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterResponse;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one namespace as {@code @socket.io/redis-adapter} publishes them, without
 * I/O: broadcasts and acknowledgements in MessagePack, the rest in JSON. Thread-safe.
 */
final class ClassicCodec {

	private final ClassicChannels channels;

	private final String uid;

	private final boolean specificResponses;

	private final Payloads payloads;

	private final ClassicReader reader;

	private final byte[] broadcastHead;

	private final byte[] askingHead;

	private final byte[] jsonHead;

	/**
	 * Create a codec.
	 * @param channels names of the namespace's channels
	 * @param uid id of this member
	 * @param specificResponses whether to respond over the channel of the member that has
	 * asked, not over that of all
	 * @param encoder encoder of the application's payloads
	 */
	ClassicCodec(ClassicChannels channels, String uid, boolean specificResponses, SocketPacketEncoder encoder) {
		this.channels = channels;
		this.uid = uid;
		this.specificResponses = specificResponses;
		this.payloads = new Payloads(encoder);
		this.reader = new ClassicReader(channels.namespace(), this.payloads);
		this.broadcastHead = ClassicWriter.broadcastHead(uid).toByteArray();
		this.askingHead = ClassicWriter.askingHead(uid).toByteArray();
		this.jsonHead = ("{\"uid\":\"" + uid + '"').getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Write a broadcast or a request.
	 * @param message the message; a packet in it must be encoded and stays the caller's
	 * @return what to publish
	 * @throws IllegalArgumentException if a payload cannot be written as JSON, or the
	 * protocol has no such message
	 */
	ClassicMessage encode(ClusterMessage message) {
		return writer("").write(message);
	}

	/**
	 * Write a response.
	 * @param requester id of the member that has asked, or empty
	 * @param response the response
	 * @return what to publish
	 * @throws IllegalArgumentException if a payload cannot be written as JSON, or the
	 * protocol has no such response
	 */
	ClassicMessage encodeResponse(String requester, ClusterResponse response) {
		return writer(requester).write(response);
	}

	/**
	 * Answer a request for the ids of sockets.
	 * @param request the request
	 * @param ids public ids of the sockets of this member
	 * @return what to publish
	 */
	ClassicMessage encodeSockets(ClassicRequest.Sockets request, Collection<String> ids) {
		return writer(request.uid()).writeNames(request.requestId(), "sockets", ids);
	}

	/**
	 * Answer a request for the names of rooms.
	 * @param request the request
	 * @param rooms rooms of this member, those of single sockets included
	 * @return what to publish
	 */
	ClassicMessage encodeRooms(ClassicRequest.AllRooms request, Collection<String> rooms) {
		return writer(request.uid()).writeNames(request.requestId(), "rooms", rooms);
	}

	/**
	 * Answer a request about one socket, which this member has.
	 * @param request the request
	 * @return what to publish
	 */
	ClassicMessage encodeDone(ClassicRequest.OfOneSocket request) {
		return writer(request.uid()).writeNames(request.requestId(), null, List.of());
	}

	/**
	 * Return whether a message begins as those do that are written here.
	 * @param bytes a broadcast or a request
	 * @return {@code true} if one with the same id has sent it
	 */
	boolean isOwn(byte[] bytes) {
		return beginsWith(bytes, this.broadcastHead) || beginsWith(bytes, this.jsonHead)
				|| beginsWith(bytes, this.askingHead);
	}

	private static boolean beginsWith(byte[] bytes, byte[] head) {
		return bytes.length >= head.length && Arrays.equals(bytes, 0, head.length, head, 0, head.length);
	}

	/**
	 * Read a broadcast of another host.
	 * @param bytes what has come over a channel of broadcasts
	 * @return the message, as below
	 * @throws MalformedMessageException if it is none of this namespace
	 */
	@Nullable Broadcast decodeBroadcast(byte[] bytes) throws MalformedMessageException {
		return decodeBroadcast(bytes, false);
	}

	/**
	 * Read a broadcast.
	 * @param bytes what has come over a channel of broadcasts
	 * @param local whether it has come from a member with the same id
	 * @return the message, whose packet is not encoded yet and is released by the caller;
	 * or {@code null} if this member has sent it
	 * @throws MalformedMessageException if it is none of this namespace
	 */
	@Nullable Broadcast decodeBroadcast(byte[] bytes, boolean local) throws MalformedMessageException {
		Bounds.check(bytes);
		MessagePackReader in = new MessagePackReader(bytes);
		int size = in.readArraySize();
		if (size < 3) {
			throw new MalformedMessageException("no broadcast");
		}
		if (this.uid.equals(in.readValue()) && !local) {
			return null;
		}
		Object packet = in.readValue();
		Object options = in.readValue();
		for (int i = 3; i < size; i++) {
			in.readValue();
		}
		in.end();
		return this.reader.broadcast(packet, options, null);
	}

	/**
	 * Read a request of another host.
	 * @param bytes what has come over the channel of requests
	 * @return the request, or {@code null} if this member has sent it
	 * @throws MalformedMessageException if it is none
	 */
	@Nullable ClassicRequest decodeRequest(byte[] bytes) throws MalformedMessageException {
		return decodeRequest(bytes, false);
	}

	/**
	 * Read a request.
	 * @param bytes what has come over the channel of requests
	 * @param local whether it has come from a member with the same id
	 * @return the request, or {@code null} if this member has sent it
	 * @throws MalformedMessageException if it is none
	 */
	@Nullable ClassicRequest decodeRequest(byte[] bytes, boolean local) throws MalformedMessageException {
		Fields fields = Fields.read(bytes, (name, value) -> !local && "uid".equals(name) && this.uid.equals(value));
		return (fields != null) ? this.reader.request(fields) : null;
	}

	/**
	 * Read a response.
	 * @param bytes what has come over a channel of responses
	 * @param awaited tells whether this member waits for responses to a request; if not,
	 * the rest of the message is not read
	 * @return the response, or {@code null} if it is for another member
	 * @throws MalformedMessageException if it is none
	 */
	@Nullable ClusterResponse decodeResponse(byte[] bytes, Predicate<String> awaited) throws MalformedMessageException {
		Fields fields = Fields.read(bytes, (name, value) -> "requestId".equals(name)
				&& !(value instanceof String requestId && awaited.test(requestId)));
		return (fields != null) ? this.reader.response(fields) : null;
	}

	private ClassicWriter writer(String requester) {
		boolean specific = this.specificResponses && !requester.isEmpty();
		return new ClassicWriter(this.channels, this.uid, this.payloads,
				specific ? this.channels.response(requester) : this.channels.response());
	}

}
