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

package io.github.socketioboot.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessage.DisconnectSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.FetchSockets;
import io.github.socketioboot.cluster.message.ClusterMessage.ServerSideEmit;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsLeave;
import io.github.socketioboot.cluster.message.ClusterResponse;
import io.github.socketioboot.cluster.message.TraceParent;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.github.socketioboot.engine.adapter.BroadcastAnswers;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.adapter.InMemoryAdapter;
import io.github.socketioboot.engine.adapter.SocketDetails;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adapter of a namespace whose sockets live in several processes. What differs between
 * transports is left to subclasses: they implement the methods {@code do...} and call the
 * methods {@code on...}. Thread-safe.
 * <p>
 * Local sockets get a broadcast even if it cannot be sent to other members. What one
 * thread does in a row happens in this order at each other member.
 * <p>
 * Long by its operations, which are those of {@link InMemoryAdapter} twice: for all
 * members, and for the own sockets when another member asks.
 *
 * @since 0.1.0
 */
public abstract class ClusterAdapter extends InMemoryAdapter {

	private static final Logger logger = LoggerFactory.getLogger(ClusterAdapter.class);

	private final ClusterConfig config;

	private final ClusterStatistics statistics;

	private final RequestTable requests;

	/**
	 * Create an adapter.
	 * @param namespace its namespace
	 * @param config times
	 * @param timer ends requests; a thread that does not wait for anything
	 * @param statistics where to count
	 */
	protected ClusterAdapter(AdapterNamespace namespace, ClusterConfig config, ScheduledExecutorService timer,
			ClusterStatistics statistics) {
		super(namespace);
		this.config = config;
		this.statistics = statistics;
		this.requests = new RequestTable(timer, statistics);
	}

	/**
	 * Send a message to all other members. Called by any thread, must not block.
	 * @param message the message; a packet in it is encoded, and stays the caller's
	 * @throws ClusterUnreachableException if it cannot be sent
	 * @throws IllegalArgumentException if a payload cannot be written as JSON
	 */
	protected abstract void doPublish(ClusterMessage message);

	/**
	 * Send a response to one other member. Called by any thread, must not block.
	 * @param requester id of the member
	 * @param response the response
	 * @throws ClusterUnreachableException if it cannot be sent
	 * @throws IllegalArgumentException if a payload cannot be written as JSON
	 */
	protected abstract void doPublishResponse(String requester, ClusterResponse response);

	/**
	 * Return the other members that are known to live and answer requests. Called by any
	 * thread when a request is made, must neither block nor fail.
	 * @return who they are now
	 */
	protected abstract Audience audience();

	/**
	 * Return how many sockets this member describes in one response at most; for more it
	 * sends several. Called by any thread.
	 * @return the number, at least 1
	 */
	protected int maxSocketsPerResponse() {
		return IncomingMessage.MAX_SOCKETS_PER_RESPONSE;
	}

	/**
	 * Take a message of another member that is for this namespace. Messages of one member
	 * come one after the other.
	 * @param member id of the sender; empty if it is not known, which only a response to
	 * an {@link Audience.Counted} can do without
	 * @param message the message; a packet in it stays the caller's
	 */
	protected final void onMessage(String member, ClusterMessage message) {
		IncomingMessage incoming = new IncomingMessage(this, member);
		TraceParent trace = message.trace();
		if (trace == null || !isContinued(trace)) {
			message.accept(incoming);
			return;
		}
		ClusterObserver observer = this.config.observer();
		ClusterObserver.Hop hop = (observer != null) ? observer.onProcess(namespace().name(), message.type(), trace)
				: null;
		if (hop == null) {
			message.accept(incoming);
			return;
		}
		try {
			message.accept(incoming);
		}
		catch (RuntimeException ex) {
			hop.error(ex);
			throw ex;
		}
		finally {
			hop.close();
		}
	}

	private boolean isContinued(TraceParent trace) {
		if (!trace.isValid()) {
			this.statistics.receiveMalformedTrace();
		}
		return trace.isValid();
	}

	/**
	 * Note that a member is gone. Requests wait for it no longer.
	 * @param member its id
	 * @param dead whether it went without a word
	 */
	protected final void onLeave(String member, boolean dead) {
		this.requests.onLeave(member, dead);
	}

	@Override
	public void broadcast(BroadcastPacket packet, BroadcastOptions options) {
		if (!options.local()) {
			packet.encoded(namespace().encoder(), namespace().name());
			publish(new Broadcast(packet, options, null));
		}
		super.broadcast(packet, options);
	}

	@Override
	public CompletableFuture<Integer> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
			BroadcastAnswers answers) {
		if (options.local()) {
			return super.broadcastWithAck(packet, options, answers);
		}
		packet.encoded(namespace().encoder(), namespace().name());
		Audience audience = audience();
		AckRequest request = AckRequest.of(audience, answers);
		try {
			String id = this.requests.add(request, timeout(options.timeoutMillis()));
			if (publish(new Broadcast(packet, options, id))) {
				settle(id, request, audience);
			}
			else {
				giveUp(id, request);
			}
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		super.broadcastWithAck(packet, options, answers);
		return request.servers();
	}

	@Override
	public CompletableFuture<Integer> serverCount() {
		Audience audience = audience();
		return (audience instanceof Audience.Counted counted)
				? counted.others().thenApply((others) -> Math.max(0, others) + 1).toCompletableFuture()
				: CompletableFuture.completedFuture(namesOf(audience).size() + 1);
	}

	@Override
	public CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
		CompletableFuture<List<SocketDetails>> own = super.fetchSockets(options);
		if (options.local()) {
			return own;
		}
		return own.thenCompose((sockets) -> {
			Audience audience = audience();
			CollectingRequest<SocketDetails> request = CollectingRequest.of(audience, sockets);
			return ask(request, audience, options.timeoutMillis(), (id) -> new FetchSockets(options, id));
		});
	}

	@Override
	public void joinAll(BroadcastOptions options, Collection<String> rooms) {
		if (!options.local()) {
			publish(new SocketsJoin(options, List.copyOf(rooms)));
		}
		super.joinAll(options, rooms);
	}

	@Override
	public void leaveAll(BroadcastOptions options, Collection<String> rooms) {
		if (!options.local()) {
			publish(new SocketsLeave(options, List.copyOf(rooms)));
		}
		super.leaveAll(options, rooms);
	}

	@Override
	public void disconnectAll(BroadcastOptions options, boolean close) {
		if (!options.local()) {
			publish(new DisconnectSockets(options, close));
		}
		super.disconnectAll(options, close);
	}

	@Override
	public void serverSideEmit(List<?> packet) {
		publish(new ServerSideEmit(new ArrayList<>(packet), null));
	}

	@Override
	public CompletableFuture<List<@Nullable Object>> serverSideEmitWithAck(List<?> packet, long timeoutMillis) {
		Audience audience = audience();
		CollectingRequest<@Nullable Object> request = CollectingRequest.of(audience, List.of());
		return ask(request, audience, timeoutMillis, (id) -> new ServerSideEmit(new ArrayList<>(packet), id));
	}

	/**
	 * Return whether a request of this member waits for responses.
	 * @param requestId id of the request
	 * @return {@code true} if so
	 */
	protected final boolean isAwaited(String requestId) {
		return this.requests.find(requestId, ClusterRequest.class) != null;
	}

	/**
	 * Fail all requests and make no more.
	 */
	protected final void failRequests() {
		this.requests.close();
	}

	@Override
	public void close() {
		this.requests.close();
		super.close();
	}

	final AdapterNamespace localNamespace() {
		return namespace();
	}

	final RequestTable requests() {
		return this.requests;
	}

	final void broadcastLocally(BroadcastPacket packet, BroadcastOptions options) {
		super.broadcast(packet, options);
	}

	final void broadcastLocallyWithAck(BroadcastPacket packet, BroadcastOptions options, BroadcastAnswers answers) {
		long timeout = timeout(options.timeoutMillis());
		super.broadcastWithAck(packet,
				new BroadcastOptions(options.rooms(), options.except(), true, options.onlyIfWritable(), timeout),
				answers);
	}

	final CompletableFuture<List<SocketDetails>> fetchLocalSockets(BroadcastOptions options) {
		return super.fetchSockets(options);
	}

	final void joinLocally(BroadcastOptions options, Collection<String> rooms) {
		super.joinAll(options, rooms);
	}

	final void leaveLocally(BroadcastOptions options, Collection<String> rooms) {
		super.leaveAll(options, rooms);
	}

	final void disconnectLocally(BroadcastOptions options, boolean close) {
		super.disconnectAll(options, close);
	}

	private <T extends @Nullable Object> CompletableFuture<List<T>> ask(CollectingRequest<T> request, Audience audience,
			long timeoutMillis, Function<String, ClusterMessage> message) {
		String id;
		try {
			id = this.requests.add(request, timeout(timeoutMillis));
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		try {
			if (publish(message.apply(id))) {
				settle(id, request, audience);
			}
			else {
				giveUp(id, request);
			}
		}
		catch (IllegalArgumentException ex) {
			request.fail("not sent");
			this.requests.remove(id);
			throw ex;
		}
		if (request.check()) {
			this.requests.remove(id);
		}
		return request.result();
	}

	/**
	 * Find out what a request that has been sent waits for.
	 * @param id id of the request
	 * @param request the request
	 * @param audience the members asked
	 */
	private void settle(String id, ClusterRequest request, Audience audience) {
		if (audience instanceof Audience.Named named) {
			settle(id, request, named.members());
		}
		else if (audience instanceof Audience.Counted counted) {
			counted.others().whenComplete((others, error) -> {
				if (error != null) {
					logger.debug("The members of the cluster cannot be counted", error);
					giveUp(id, request);
				}
				else if (request.onOthers(others)) {
					this.requests.remove(id);
				}
			});
		}
	}

	/**
	 * Look whether a member went while a request to it was made.
	 * @param id id of the request
	 * @param request the request
	 * @param members the members asked
	 */
	private void settle(String id, ClusterRequest request, Set<String> members) {
		if (members.isEmpty()) {
			this.requests.remove(id);
			return;
		}
		Set<String> alive = namesOf(audience());
		for (String member : members) {
			if (!alive.contains(member) && request.onLeave(member, true)) {
				this.requests.remove(id);
			}
		}
	}

	private static Set<String> namesOf(Audience audience) {
		return (audience instanceof Audience.Named named) ? named.members() : Set.of();
	}

	private void giveUp(String id, ClusterRequest request) {
		request.onUnreachable();
		this.requests.remove(id);
	}

	private boolean publish(ClusterMessage message) {
		ClusterObserver observer = isEvent(message) ? this.config.observer() : null;
		ClusterObserver.Hop hop = (observer != null) ? observer.onPublish(namespace().name(), message.type()) : null;
		if (hop == null) {
			return publish(message, null);
		}
		try {
			return publish(message.withTrace(hop.trace()), hop);
		}
		catch (RuntimeException ex) {
			hop.error(ex);
			throw ex;
		}
		finally {
			hop.close();
		}
	}

	private static boolean isEvent(ClusterMessage message) {
		return message instanceof Broadcast || message instanceof ServerSideEmit;
	}

	private boolean publish(ClusterMessage message, ClusterObserver.@Nullable Hop hop) {
		try {
			doPublish(message);
			return true;
		}
		catch (ClusterUnreachableException ex) {
			this.statistics.failToPublish();
			logger.debug("A message does not reach other members", ex);
			if (hop != null) {
				hop.error(ex);
			}
			return false;
		}
	}

	/**
	 * Respond to a request, or count that this fails.
	 * @param requester id of the member that asks
	 * @param response the response
	 */
	final void respond(String requester, ClusterResponse response) {
		try {
			doPublishResponse(requester, response);
		}
		catch (ClusterUnreachableException | IllegalArgumentException ex) {
			this.statistics.failToPublish();
			logger.debug("A response does not reach another member", ex);
		}
	}

	private long timeout(long timeoutMillis) {
		return (timeoutMillis > 0) ? timeoutMillis : this.config.requestsTimeout().toMillis();
	}

}
