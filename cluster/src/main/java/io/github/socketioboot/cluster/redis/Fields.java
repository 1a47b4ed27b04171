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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.cluster.message.TraceParent;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.protocol.ReservedEvents;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketType;
import org.jspecify.annotations.Nullable;

/**
 * Fields of an object that another member has sent, by name. What is missing is the same
 * as {@code null}. For one thread.
 */
final class Fields {

	/**
	 * First byte of each message in JSON, and of none in MessagePack.
	 */
	private static final byte JSON = '{';

	private static final Fields NONE = new Fields(Map.of());

	private final Map<String, @Nullable Object> values;

	Fields(Map<String, @Nullable Object> values) {
		this.values = values;
	}

	/**
	 * Read a message of either protocol.
	 * @param bytes the message, JSON or MessagePack
	 * @param unwanted which field, by name and value, shows that the message is of no
	 * interest
	 * @return its fields, or {@code null} if it is of no interest
	 * @throws MalformedMessageException if it is none
	 */
	static @Nullable Fields read(byte[] bytes, BiPredicate<String, @Nullable Object> unwanted)
			throws MalformedMessageException {
		Bounds.check(bytes);
		if (bytes[0] == JSON) {
			Map<String, @Nullable Object> fields = JsonReader.readFields(bytes, unwanted);
			return (fields != null) ? new Fields(fields) : null;
		}
		MessagePackReader in = new MessagePackReader(bytes);
		Map<String, @Nullable Object> fields = in.readFields(unwanted);
		if (fields == null) {
			return null;
		}
		in.end();
		return new Fields(fields);
	}

	static Fields of(@Nullable Object value) throws MalformedMessageException {
		if (!(value instanceof Map<?, ?> map)) {
			throw new MalformedMessageException("no object");
		}
		return ofMap(map);
	}

	@SuppressWarnings("unchecked")
	private static Fields ofMap(Map<?, ?> map) {
		return new Fields((Map<String, @Nullable Object>) map);
	}

	@Nullable Object get(String name) {
		return this.values.get(name);
	}

	boolean has(String name) {
		return this.values.get(name) != null;
	}

	Fields fields(String name) throws MalformedMessageException {
		return of(this.values.get(name));
	}

	/**
	 * Return the fields of a field, or none if it is missing or no object.
	 * @param name its name
	 * @return its fields
	 */
	Fields fieldsIfAny(String name) {
		return (this.values.get(name) instanceof Map<?, ?> map) ? ofMap(map) : NONE;
	}

	/**
	 * Return a number that says what kind something is.
	 * @param name name of the field
	 * @return the number, or -1 if it is none
	 */
	int kind(String name) {
		return (this.values.get(name) instanceof Number number && number.doubleValue() == number.intValue())
				? number.intValue() : -1;
	}

	long number(String name) {
		return (this.values.get(name) instanceof Number number) ? number.longValue() : 0;
	}

	boolean flag(String name) {
		return Boolean.TRUE.equals(this.values.get(name));
	}

	String text(String name) throws MalformedMessageException {
		if (this.values.get(name) instanceof String text) {
			return text;
		}
		throw new MalformedMessageException("missing " + name);
	}

	String textOrEmpty(String name) {
		return (this.values.get(name) instanceof String text) ? text : "";
	}

	/**
	 * Return the id of a request.
	 * @param name name of the field
	 * @return the id
	 * @throws MalformedMessageException if there is none
	 */
	String id(String name) throws MalformedMessageException {
		String id = text(name);
		if (id.isEmpty() || id.length() > Bounds.MAX_ID) {
			throw new MalformedMessageException("illegal " + name);
		}
		return id;
	}

	@Nullable String idIfAny(String name) throws MalformedMessageException {
		return has(name) ? id(name) : null;
	}

	/**
	 * Return the elements of a list.
	 * @param name name of the field
	 * @return the elements, none if there is no list
	 * @throws MalformedMessageException if there is something else
	 */
	@SuppressWarnings("unchecked")
	List<@Nullable Object> list(String name) throws MalformedMessageException {
		Object value = this.values.get(name);
		if (value == null) {
			return List.of();
		}
		if (!(value instanceof List<?>)) {
			throw new MalformedMessageException("illegal " + name);
		}
		return (List<@Nullable Object>) value;
	}

	/**
	 * Return the names of rooms or of sockets. Numbers are such names in JavaScript.
	 * @param name name of the field
	 * @return the names, none if there is no list
	 * @throws MalformedMessageException if there is something else
	 */
	List<String> names(String name) throws MalformedMessageException {
		List<@Nullable Object> list = list(name);
		List<String> names = new ArrayList<>(list.size());
		for (Object element : list) {
			if (!(element instanceof String) && !(element instanceof Number)) {
				throw new MalformedMessageException("illegal " + name);
			}
			names.add(element.toString());
		}
		return names;
	}

	/**
	 * Return a number of things.
	 * @param name name of the field
	 * @return the number, at least 0
	 * @throws MalformedMessageException if there is none
	 */
	int count(String name) throws MalformedMessageException {
		int count = kind(name);
		if (count < 0) {
			throw new MalformedMessageException("illegal " + name);
		}
		return count;
	}

	/**
	 * Return an event.
	 * @param name name of the field
	 * @return name of the event, then its arguments
	 * @throws MalformedMessageException if there is none
	 */
	List<@Nullable Object> event(String name) throws MalformedMessageException {
		List<@Nullable Object> event = list(name);
		if (event.isEmpty() || !(event.get(0) instanceof String)) {
			throw new MalformedMessageException("illegal event");
		}
		return event;
	}

	/**
	 * Return the packet that these fields are: an event for clients.
	 * @return the packet, not encoded yet
	 * @throws MalformedMessageException if they are none
	 */
	BroadcastPacket packet() throws MalformedMessageException {
		int type = kind("type");
		// The latter of old emitters
		if (type != SocketPacketType.EVENT.ordinal() && type != SocketPacketType.BINARY_EVENT.ordinal()) {
			throw new MalformedMessageException("no event");
		}
		List<@Nullable Object> data = event("data");
		String event = (String) data.get(0);
		if (event == null || ReservedEvents.contains(event)) {
			throw new MalformedMessageException("illegal event");
		}
		return new BroadcastPacket(event, data.subList(1, data.size()), SocketPacket.NO_ID);
	}

	/**
	 * Return the options that these fields are.
	 * @return whom something is for
	 * @throws MalformedMessageException if they are none
	 */
	BroadcastOptions options() throws MalformedMessageException {
		Fields flags = fieldsIfAny("flags");
		return new BroadcastOptions(new HashSet<>(names("rooms")), new HashSet<>(names("except")), false,
				flags.flag("volatile"), Math.max(0, flags.number("timeout")));
	}

	@Nullable TraceParent trace() {
		return TraceParent.read(this.values.get(TraceParent.NAME));
	}

	void forEach(BiConsumer<String, @Nullable Object> consumer) {
		this.values.forEach(consumer);
	}

}
