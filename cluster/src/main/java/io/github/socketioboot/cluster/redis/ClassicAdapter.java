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
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.ClusterStatistics;
import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterResponse;
import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.github.socketioboot.engine.adapter.AdapterSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adapter of a namespace that speaks the protocol of {@code @socket.io/redis-adapter}:
 * members are counted by Redis and have an id for each namespace. Thread-safe.
 */
final class ClassicAdapter extends RedisAdapter {

	private static final Logger logger = LoggerFactory.getLogger(ClassicAdapter.class);

	/**
	 * Sender of messages that do not tell it.
	 */
	private static final String NOBODY = "";

	private final ClassicLink link;

	private final ClusterStatistics statistics;

	private final Consumer<ClassicAdapter> onClose;

	private final ClassicChannels channels;

	private final String uid;

	private final ClassicCodec codec;

	/**
	 * Create an adapter. It is a member from {@link #open()} on.
	 * @param namespace its namespace
	 * @param link the way to other members
	 * @param channels names of the namespace's channels
	 * @param uid id of this member, or of all workers of this host
	 * @param specificResponses whether to respond over the channel of the member that has
	 * asked, not over that of all
	 * @param times times of the cluster
	 * @param timer ends requests
	 * @param statistics where to count
	 * @param onClose told when the namespace ends
	 */
	ClassicAdapter(AdapterNamespace namespace, ClassicLink link, ClassicChannels channels, String uid,
			boolean specificResponses, ClusterConfig times, ScheduledExecutorService timer,
			ClusterStatistics statistics, Consumer<ClassicAdapter> onClose) {
		super(namespace, times, timer, statistics);
		this.link = link;
		this.statistics = statistics;
		this.onClose = onClose;
		this.channels = channels;
		this.uid = uid;
		this.codec = new ClassicCodec(channels, uid, specificResponses, namespace.encoder());
	}

	@Override
	void open() {
		this.link.open(new Receiver());
	}

	@Override
	void leave() {
		this.link.close();
		failRequests();
	}

	@Override
	public void close() {
		this.onClose.accept(this);
		this.link.leave().thenRun(this.link::close);
		super.close();
	}

	@Override
	protected void doPublish(ClusterMessage message) {
		this.link.publish(this.codec.encode(message));
		this.statistics.send(message.type());
	}

	@Override
	protected void doPublishResponse(String requester, ClusterResponse response) {
		this.link.respond(requester.equals(this.uid), this.codec.encodeResponse(requester, response));
		this.statistics.send(response.type());
	}

	@Override
	CompletionStage<Void> confirmed() {
		return this.link.confirmed();
	}

	@Override
	boolean isUp() {
		return this.link.isUp();
	}

	@Override
	CompletionStage<Integer> members() {
		return this.link.members();
	}

	private void handle(String channel, byte[] bytes, boolean local) {
		try {
			if (channel.equals(this.channels.request())) {
				handleRequest(bytes, local);
			}
			else if (this.channels.isResponse(channel)) {
				handleResponse(bytes);
			}
			else {
				handleBroadcast(channel, bytes, local);
			}
		}
		catch (MalformedMessageException | RuntimeException ex) {
			this.statistics.receiveMalformed();
			logger.debug("A message on channel {} is dropped", channel, ex);
		}
	}

	private void handleBroadcast(String channel, byte[] bytes, boolean local) throws MalformedMessageException {
		String room = this.channels.room(channel);
		if (room == null || (!room.isEmpty() && size(room) == 0)) {
			return;
		}
		Broadcast message = this.codec.decodeBroadcast(bytes, local);
		if (message != null) {
			handle(NOBODY, message);
		}
	}

	private void handleResponse(byte[] bytes) throws MalformedMessageException {
		ClusterResponse response = this.codec.decodeResponse(bytes, this::isAwaited);
		if (response != null) {
			handle(NOBODY, response);
		}
	}

	private void handleRequest(byte[] bytes, boolean local) throws MalformedMessageException {
		ClassicRequest request = this.codec.decodeRequest(bytes, local);
		if (request instanceof ClassicRequest.Known known) {
			handle(known.uid(), known.message());
		}
		else if (request instanceof ClassicRequest.Sockets sockets) {
			answer(this.codec.encodeSockets(sockets, ids(sockets(sockets.rooms()))));
		}
		else if (request instanceof ClassicRequest.AllRooms rooms) {
			Set<String> all = new HashSet<>(rooms());
			all.addAll(ids(sockets(Set.of())));
			answer(this.codec.encodeRooms(rooms, all));
		}
		else if (request instanceof ClassicRequest.OfOneSocket one) {
			handleRequest(one);
		}
	}

	private void handleRequest(ClassicRequest.OfOneSocket request) {
		AdapterSocket socket = namespace().socket(request.sid());
		if (socket == null) {
			return;
		}
		if (request instanceof ClassicRequest.JoinOne join) {
			join(socket, Set.of(join.room()));
		}
		else if (request instanceof ClassicRequest.LeaveOne leave) {
			leave(socket, Set.of(leave.room()));
		}
		else if (request instanceof ClassicRequest.DisconnectOne disconnect) {
			socket.disconnect(disconnect.close());
		}
		answer(this.codec.encodeDone(request));
	}

	private void answer(ClassicMessage answer) {
		try {
			this.link.respond(false, answer);
		}
		catch (ClusterUnreachableException ex) {
			this.statistics.failToPublish();
			logger.debug("An answer does not reach another member", ex);
		}
	}

	private static List<String> ids(Set<AdapterSocket> sockets) {
		List<String> ids = new ArrayList<>(sockets.size());
		sockets.forEach((socket) -> ids.add(socket.id()));
		return ids;
	}

	/**
	 * Takes what comes over the link.
	 */
	private final class Receiver implements ClassicLink.Receiver {

		@Override
		public void receive(String channel, byte[] message, boolean local) {
			handle(channel, message, local);
		}

		@Override
		public boolean isOwn(byte[] message) {
			return ClassicAdapter.this.codec.isOwn(message);
		}

	}

}
