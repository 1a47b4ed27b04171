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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Sends to the clients of a cluster over Redis, and moves them, from an application that
 * need not have a server: what {@code @socket.io/redis-emitter} is for Node.js. Reaches
 * servers of this project and of Node.js that use the classic protocol. The words are
 * those of Socket.IO; the object is for all sockets of a namespace, and each narrowing
 * gives another one. Immutable and thread-safe.
 * <p>
 * A call publishes one message over the application's connection and returns when Redis
 * has taken it: it blocks the calling thread for a round trip, and for no longer than the
 * time-outs of the connection. What one thread emits arrives in this order; in a Redis
 * Cluster, what it emits over one channel. Nothing is kept and repeated if it fails.
 * <p>
 * Redis does not tell whether any server has heard. Hence there is nothing here that
 * servers or clients answer: no acknowledgements, no {@code fetchSockets}.
 *
 * @since 0.1.0
 */
public final class SocketIoEmitter {

	private static final String SLASH = "/";

	private final RedisConnectionFactory connections;

	private final String key;

	private final SocketPacketEncoder encoder;

	private final EmitterWriter writer;

	private final EmitterTarget target;

	/**
	 * Create an emitter for the default namespace.
	 * @param connections makes connections to Redis
	 * @param key what the names of all channels begin with, as at the servers
	 * @param encoder encoder of payloads
	 * @throws IllegalArgumentException if the key is empty
	 */
	public SocketIoEmitter(RedisConnectionFactory connections, String key, SocketPacketEncoder encoder) {
		this(connections, key, encoder, new EmitterWriter(new ClassicChannels(key, SLASH), encoder), EmitterTarget.ALL);
		if (key.isEmpty()) {
			throw new IllegalArgumentException("key: empty (expected: at least one character)");
		}
	}

	private SocketIoEmitter(RedisConnectionFactory connections, String key, SocketPacketEncoder encoder,
			EmitterWriter writer, EmitterTarget target) {
		this.connections = connections;
		this.key = key;
		this.encoder = encoder;
		this.writer = writer;
		this.target = target;
	}

	/**
	 * Choose a namespace: all of its sockets, without the rooms and flags chosen so far.
	 * @param namespace its name, such as {@code /admin}
	 * @return an emitter
	 */
	public SocketIoEmitter of(String namespace) {
		String name = namespace.startsWith(SLASH) ? namespace : SLASH + namespace;
		return new SocketIoEmitter(this.connections, this.key, this.encoder,
				new EmitterWriter(new ClassicChannels(this.key, name), this.encoder), EmitterTarget.ALL);
	}

	/**
	 * Add rooms to those that receive. Without any, all sockets of the namespace do.
	 * @param rooms names of rooms or ids of sockets
	 * @return an emitter
	 */
	public SocketIoEmitter to(String... rooms) {
		return with(this.target.to(rooms));
	}

	/**
	 * Add rooms to those that receive, as {@link #to} does.
	 * @param rooms names of rooms or ids of sockets
	 * @return an emitter
	 */
	public SocketIoEmitter in(String... rooms) {
		return to(rooms);
	}

	/**
	 * Leave out the sockets in these rooms.
	 * @param rooms names of rooms or ids of sockets
	 * @return an emitter
	 */
	public SocketIoEmitter except(String... rooms) {
		return with(this.target.except(rooms));
	}

	/**
	 * Let clients miss it whose transport is not ready.
	 * @return an emitter
	 */
	public SocketIoEmitter volatile_() {
		return with(this.target.with("volatile", true));
	}

	/**
	 * Tell servers of Node.js whether compressing is worth it. Others decide themselves.
	 * @param compress whether it is
	 * @return an emitter
	 */
	public SocketIoEmitter compress(boolean compress) {
		return with(this.target.with("compress", compress));
	}

	/**
	 * Send an event to the clients.
	 * @param event name of the event
	 * @param args arguments, written as JSON with {@code byte[]} as attachments
	 * @throws IllegalArgumentException if the name is reserved, the arguments cannot be
	 * written as JSON, or the last of them is to be called with an acknowledgement
	 * @throws ClusterUnreachableException if Redis does not take it
	 */
	public void emit(String event, @Nullable Object... args) {
		publish(this.writer.event(this.target, list(event, args)));
	}

	/**
	 * Put the sockets into rooms.
	 * @param rooms names of rooms
	 * @throws ClusterUnreachableException if Redis does not take it
	 */
	public void socketsJoin(String... rooms) {
		publish(this.writer.join(this.target, rooms));
	}

	/**
	 * Take the sockets out of rooms.
	 * @param rooms names of rooms
	 * @throws ClusterUnreachableException if Redis does not take it
	 */
	public void socketsLeave(String... rooms) {
		publish(this.writer.leave(this.target, rooms));
	}

	/**
	 * Disconnect the sockets. JavaScript clients do not come back by themselves.
	 * @param close whether to close their connections, with all namespaces
	 * @throws ClusterUnreachableException if Redis does not take it
	 */
	public void disconnectSockets(boolean close) {
		publish(this.writer.disconnect(this.target, close));
	}

	/**
	 * Send an event to the namespace on all servers. Rooms and flags do not matter.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved, the arguments cannot be
	 * written as JSON, or the last of them is to be called with an answer
	 * @throws ClusterUnreachableException if Redis does not take it
	 */
	public void serverSideEmit(String event, @Nullable Object... args) {
		publish(this.writer.serverSideEvent(list(event, args)));
	}

	private SocketIoEmitter with(EmitterTarget target) {
		return new SocketIoEmitter(this.connections, this.key, this.encoder, this.writer, target);
	}

	private static List<@Nullable Object> list(String event, @Nullable Object... args) {
		// Classes of lambdas are hidden
		if (args.length > 0 && args[args.length - 1] != null && args[args.length - 1].getClass().isHidden()) {
			throw new IllegalArgumentException("Acknowledgements are not supported: emitters hear no answers. "
					+ "SocketIoOperations of a server do");
		}
		List<@Nullable Object> list = new ArrayList<>(args.length + 1);
		list.add(event);
		list.addAll(Arrays.asList(args));
		return list;
	}

	private void publish(ClassicMessage message) {
		try (RedisConnection connection = this.connections.getConnection()) {
			connection.publish(message.channel().getBytes(StandardCharsets.UTF_8), message.bytes());
		}
		catch (RuntimeException ex) {
			throw new ClusterUnreachableException(
					"The message was not published: %s. Check that Redis is up, that the application connects to it, "
						.formatted(NestedExceptionUtils.getMostSpecificCause(ex).getMessage())
							+ "and that its user may publish to channels '%s*'".formatted(this.key),
					ex);
		}
	}

}
