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

package io.github.socketioboot.engine.namespace;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.socketioboot.engine.adapter.AckReceiver;
import io.github.socketioboot.engine.adapter.AdapterSocket;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.adapter.TooManyRoomsException;
import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.session.Handshake;
import io.github.socketioboot.engine.transport.TransportName;
import org.jspecify.annotations.Nullable;

/**
 * A client in a namespace. Thread-safe, except for the methods of {@link AdapterSocket}
 * that say otherwise. What is sent to a socket that has disconnected is dropped.
 *
 * @since 0.1.0
 */
public final class Socket extends AdapterSocket {

	/**
	 * Most acknowledgements outstanding at a time.
	 */
	public static final int MAX_PENDING_ACKS = 10_000;

	private volatile @Nullable Object attachment;

	Socket() {
	}

	/**
	 * Return the public id.
	 * @return a random UUID
	 */
	public UUID uuid() {
		throw new UnsupportedOperationException();
	}

	@Override
	public String id() {
		return uuid().toString();
	}

	/**
	 * Return the namespace.
	 * @return the namespace
	 */
	public Namespace namespace() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the request that opened the session.
	 * @return the handshake
	 */
	public Handshake handshake() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return what the client sent along with CONNECT.
	 * @return a {@code Map}, or {@code null} for nothing
	 */
	public @Nullable Object auth() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return what the handshake interceptor gave the session.
	 * @return immutable map
	 */
	public Map<String, Object> sessionAttributes() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the current transport.
	 * @return the transport
	 */
	public TransportName transport() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the Engine.IO version of the client.
	 * @return the version
	 */
	public EngineVersion version() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the address of the client.
	 * @return the address
	 */
	public InetSocketAddress remoteAddress() {
		return handshake().remoteAddress();
	}

	/**
	 * Return whether a packet sent now would leave at once.
	 * @return {@code false} while the transport is busy or, with polling, no poll pends
	 */
	public boolean isWritable() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return whether the socket is in its namespace.
	 * @return {@code true} from the connect to the disconnect
	 */
	public boolean isConnected() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return whether the session is open, whatever becomes of this socket.
	 * @return {@code true} while packets may be sent
	 */
	public boolean isSessionOpen() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Send an event.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public void emit(String event, @Nullable Object... args) {
		emit(event, Arrays.asList(args));
	}

	/**
	 * Send an event.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public void emit(String event, List<?> args) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Send an event that the client may miss if its transport is not ready.
	 * @param event name of the event
	 * @param args arguments
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public void emitVolatile(String event, List<?> args) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Send an event and ask for an acknowledgement.
	 * @param event name of the event
	 * @param args arguments
	 * @param listener takes the acknowledgement, or learns that none will come
	 * @param timeout most time to wait; zero for as long as the socket is connected
	 * @throws IllegalArgumentException if the name is reserved or the arguments cannot be
	 * written as JSON
	 */
	public void emit(String event, List<?> args, AckListener listener, Duration timeout) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Send a packet as it is. Its namespace is replaced by that of the socket.
	 * @param packet the packet
	 * @throws IllegalArgumentException if its data cannot be written as JSON
	 */
	public void send(SocketPacket packet) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Join rooms.
	 * @param rooms the rooms
	 * @throws TooManyRoomsException if that were too many; none is joined then
	 */
	public void join(String... rooms) {
		join(Arrays.asList(rooms));
	}

	/**
	 * Join rooms.
	 * @param rooms the rooms
	 * @throws TooManyRoomsException if that were too many; none is joined then
	 */
	public void join(Collection<String> rooms) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Leave rooms.
	 * @param rooms the rooms
	 */
	public void leave(String... rooms) {
		leave(Arrays.asList(rooms));
	}

	/**
	 * Leave rooms.
	 * @param rooms the rooms
	 */
	public void leave(Collection<String> rooms) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return an operator for all other sockets of the namespace.
	 * @return the operator
	 */
	public BroadcastOperator broadcast() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Send the client away from the namespace with a DISCONNECT packet, after what was
	 * sent before. JavaScript clients do not come back by themselves. A socket that is
	 * not connected yet is refused.
	 * @param close whether to leave all namespaces and close the session
	 */
	@Override
	public void disconnect(boolean close) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return what was attached.
	 * @return the attachment, or {@code null} if there is none
	 */
	public @Nullable Object attachment() {
		return this.attachment;
	}

	/**
	 * Attach the object of a layer above.
	 * @param attachment the object, or {@code null}
	 */
	public void attach(@Nullable Object attachment) {
		this.attachment = attachment;
	}

	@Override
	public EngineLoop loop() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void deliver(EncodedPacket packet, boolean onlyIfWritable) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void expectAck(long id, AckReceiver receiver) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void forgetAck(long id) {
		throw new UnsupportedOperationException();
	}

	@Override
	public SocketDetails details() {
		throw new UnsupportedOperationException();
	}

}
