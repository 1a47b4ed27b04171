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

import java.util.List;
import java.util.Map;

import io.github.socketioboot.cluster.message.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * A place in the stream of messages of a namespace, published by a worker that wants to
 * go over from one way of reading it to another. A broadcast to nobody for everyone else.
 * Immutable.
 *
 * @param member id of the worker
 * @param mate id of the worker that is to relay what follows, or empty if none is
 * @param number number that the worker has not used before
 */
record Marker(String member, String mate, long number) {

	/**
	 * Room that has no members. Node's adapter drops what is for it unread.
	 */
	static final String ROOM = "#socketio-boot-marker";

	/**
	 * Should somebody be in the room, this is dropped because of the namespace.
	 */
	private static final String NAMESPACE = "/#marker";

	private static final String SENDER = "marker";

	byte[] encode() {
		MessagePackWriter out = new MessagePackWriter().array(3).text(SENDER);
		out.map(3).text("type").number(2).text("data");
		out.array(4).text(SENDER).text(this.member).text(this.mate).text(Long.toString(this.number));
		out.text("nsp").text(NAMESPACE);
		out.map(3).text("rooms").texts(List.of(ROOM)).text("except").texts(List.of()).text("flags").map(0);
		return out.toByteArray();
	}

	/**
	 * Read a marker.
	 * @param bytes what has come on the channel of markers
	 * @return the marker
	 * @throws MalformedMessageException if it is none
	 */
	static Marker decode(byte[] bytes) throws MalformedMessageException {
		if (bytes.length > Bounds.MAX_MARKER) {
			throw new MalformedMessageException("illegal size");
		}
		MessagePackReader in = new MessagePackReader(bytes);
		if (in.readArraySize() != 3) {
			throw new MalformedMessageException("no marker");
		}
		in.readValue();
		Object packet = in.readValue();
		Object data = (packet instanceof Map<?, ?> map) ? map.get("data") : null;
		if (!(data instanceof List<?> list) || list.size() != 4) {
			throw new MalformedMessageException("no marker");
		}
		try {
			return new Marker(text(list.get(1)), text(list.get(2)), Long.parseLong(text(list.get(3))));
		}
		catch (NumberFormatException ex) {
			throw new MalformedMessageException("no marker", ex);
		}
	}

	private static String text(@Nullable Object value) throws MalformedMessageException {
		if (value instanceof String text) {
			return text;
		}
		throw new MalformedMessageException("no marker");
	}

	@Override
	public String toString() {
		return this.member + "/" + this.number;
	}

}
