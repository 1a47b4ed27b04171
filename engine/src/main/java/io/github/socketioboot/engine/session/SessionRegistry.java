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

package io.github.socketioboot.engine.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.EnginePacketType;
import io.github.socketioboot.engine.protocol.EnginePackets;
import io.github.socketioboot.engine.transport.Transport;
import io.github.socketioboot.engine.transport.TransportListener;
import io.github.socketioboot.engine.transport.TransportName;
import io.github.socketioboot.engine.transport.polling.PollExchange;
import io.github.socketioboot.engine.transport.polling.PollingOptions;
import io.github.socketioboot.engine.transport.polling.PollingTransport;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of a server, by their secret ids. Thread-safe: calls for a session
 * hop to its loop.
 * <p>
 * Long by its public methods, each of which finds a session and hops to its loop.
 *
 * @since 0.1.0
 */
public final class SessionRegistry {

	static final EncodedPacket PING = EnginePackets.encode(EnginePacketType.PING, "");

	static final EncodedPacket PONG = EnginePackets.encode(EnginePacketType.PONG, "");

	/**
	 * Ignores what comes before a transport has its session.
	 */
	public static final TransportListener NOT_YET = new NotYet();

	private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();

	private final SessionConfig config;

	private final SessionIds ids;

	private final SessionAcceptor acceptor;

	private final EngineStatistics statistics;

	/**
	 * Sessions of whose end the layer above has not been told.
	 */
	private final AtomicInteger untold = new AtomicInteger();

	private volatile @Nullable CompletableFuture<@Nullable Void> empty;

	/**
	 * Create a registry.
	 * @param config settings of sessions
	 * @param ids makes the ids
	 * @param acceptor takes new sessions
	 * @param statistics counts
	 */
	public SessionRegistry(SessionConfig config, SessionIds ids, SessionAcceptor acceptor,
			EngineStatistics statistics) {
		this.config = config;
		this.ids = ids;
		this.acceptor = acceptor;
		this.statistics = statistics;
	}

	/**
	 * Find a session.
	 * @param sid the secret id
	 * @return the session, or {@code null} if there is none
	 */
	public @Nullable Session find(String sid) {
		return this.sessions.get(sid);
	}

	/**
	 * Return how many sessions there are.
	 * @return the number
	 */
	public int size() {
		return this.sessions.size();
	}

	/**
	 * Open a session that polls. Called on the loop that is to own it.
	 * @param loop the loop
	 * @param handshake the request
	 * @param attributes what the session starts with
	 * @param options how the client polls
	 * @param exchange the request, to be answered with the handshake
	 * @param cookie told the new id before the answer, to set a cookie
	 */
	public void openPolling(EngineLoop loop, Handshake handshake, Map<String, Object> attributes,
			PollingOptions options, PollExchange exchange, Consumer<String> cookie) {
		loop.assertInLoop();
		PollingTransport transport = new PollingTransport(loop, options, NOT_YET);
		EngineSession session = create(loop, handshake, attributes, transport);
		cookie.accept(session.id());
		session.open();
		transport.onPoll(exchange);
		closeIfDraining(session);
	}

	/**
	 * Open a session over WebSocket. Called on the loop that is to own it.
	 * @param loop the loop
	 * @param handshake the request
	 * @param attributes what the session starts with
	 * @param transport the transport
	 */
	public void openWebSocket(EngineLoop loop, Handshake handshake, Map<String, Object> attributes,
			Transport transport) {
		loop.assertInLoop();
		// The client may have gone while the connection changed to frames.
		if (transport.isOpen()) {
			EngineSession session = create(loop, handshake, attributes, transport);
			session.open();
			closeIfDraining(session);
		}
	}

	// One that is opened while all are about to be closed may be overlooked there
	private void closeIfDraining(EngineSession session) {
		if (this.empty != null) {
			session.closeAfter(0);
		}
	}

	private EngineSession create(EngineLoop loop, Handshake handshake, Map<String, Object> attributes,
			Transport transport) {
		EngineSession session = new EngineSession(this, this.ids.next(), loop, handshake, attributes, transport);
		this.untold.incrementAndGet();
		this.sessions.put(session.id(), session);
		this.statistics.opened(transport.name());
		return session;
	}

	/**
	 * Pass a poll on.
	 * @param sid the secret id
	 * @param exchange the request
	 */
	public void poll(String sid, PollExchange exchange) {
		onLoop(sid, exchange, (session) -> {
			PollingTransport polling = session.polling(exchange);
			if (polling != null) {
				polling.onPoll(exchange);
			}
		});
	}

	/**
	 * Pass the begin of a POST on.
	 * @param sid the secret id
	 * @param exchange the request
	 */
	public void postHead(String sid, PollExchange exchange) {
		onLoop(sid, exchange, (session) -> {
			PollingTransport polling = session.polling(exchange);
			if (polling != null) {
				polling.onPostHead(exchange);
			}
		});
	}

	/**
	 * Pass the whole body of a POST on.
	 * @param sid the secret id
	 * @param exchange the request
	 * @param body the body; ownership passes
	 */
	public void postBody(String sid, PollExchange exchange, ByteBuf body) {
		boolean found = onLoop(sid, exchange, (session) -> {
			PollingTransport polling = session.polling(exchange);
			if (polling != null) {
				polling.onPostBody(exchange, body);
			}
			else {
				body.release();
			}
		});
		if (!found) {
			body.release();
		}
	}

	/**
	 * Say that a POST was answered without its body having been taken.
	 * @param sid the secret id
	 * @param exchange the request
	 */
	public void postRefused(String sid, PollExchange exchange) {
		onLoop(sid, exchange, (session) -> {
			PollingTransport polling = session.polling(exchange);
			if (polling != null) {
				polling.onPostRefused(exchange);
			}
		});
	}

	/**
	 * Say that the connection of a request was lost before its answer.
	 * @param sid the secret id
	 * @param exchange the request
	 */
	public void abort(String sid, PollExchange exchange) {
		onLoop(sid, exchange, (session) -> session.onAbort(exchange));
	}

	/**
	 * Offer a WebSocket that a client opened for a session. Called on the loop of the
	 * session.
	 * @param sid the secret id
	 * @param candidate the transport
	 */
	public void probe(String sid, Transport candidate) {
		EngineSession session = this.sessions.get(sid);
		if (session == null) {
			candidate.terminate();
		}
		else {
			session.probe(candidate);
		}
	}

	/**
	 * Close all sessions, spread over a while, after what their handlers have begun is
	 * done. The caller lets nobody open another one; those whose opening has begun are
	 * closed, too.
	 * @param spread time over which the closings are spread
	 * @return completed when no session is left and the layer above knows
	 */
	public CompletionStage<@Nullable Void> closeAll(Duration spread) {
		CompletableFuture<@Nullable Void> empty = new CompletableFuture<>();
		this.empty = empty;
		List<EngineSession> open = new ArrayList<>(this.sessions.values());
		long millis = spread.toMillis();
		for (int i = 0; i < open.size(); i++) {
			EngineSession session = open.get(i);
			long delay = millis * i / open.size();
			session.loop().execute(() -> session.closeAfter(delay));
		}
		completeIfEmpty();
		return empty;
	}

	/**
	 * End all sessions at once, whatever they are about.
	 * @return completed when those that were open have ended
	 */
	public CompletionStage<Void> endAll() {
		return CompletableFuture.allOf(this.sessions.values()
			.stream()
			.map((session) -> CompletableFuture.runAsync(session::shutDown, session.loop()))
			.toArray(CompletableFuture[]::new));
	}

	void ended(EngineSession session, CloseReason reason) {
		this.sessions.remove(session.id(), session);
		this.statistics.ended(session.transport(), reason);
	}

	/**
	 * Note that the layer above has been told of the end of a session.
	 */
	void told() {
		this.untold.decrementAndGet();
		completeIfEmpty();
	}

	private void completeIfEmpty() {
		CompletableFuture<@Nullable Void> waiting = this.empty;
		if (waiting != null && this.untold.get() == 0) {
			waiting.complete(null);
		}
	}

	SessionListener accept(EngineSession session) {
		return this.acceptor.accept(session);
	}

	EncodedPacket openPacket(String sid, TransportName transport) {
		boolean upgradable = transport == TransportName.POLLING && this.config.allowUpgrades()
				&& this.config.transports().contains(TransportName.WEBSOCKET);
		return EnginePackets.encode(EnginePacketType.OPEN,
				"{\"sid\":\"" + sid + "\",\"upgrades\":[" + (upgradable ? "\"websocket\"" : "") + "],\"pingInterval\":"
						+ this.config.pingInterval().toMillis() + ",\"pingTimeout\":"
						+ this.config.pingTimeout().toMillis() + ",\"maxPayload\":" + this.config.maxPayload() + "}");
	}

	SessionConfig config() {
		return this.config;
	}

	EngineStatistics statistics() {
		return this.statistics;
	}

	// Return whether there is such a session; if not, the request has been answered.
	private boolean onLoop(String sid, PollExchange exchange, Consumer<EngineSession> action) {
		EngineSession session = this.sessions.get(sid);
		if (session == null) {
			exchange.respondBadRequest();
			return false;
		}
		if (session.loop().inLoop()) {
			action.accept(session);
		}
		else {
			session.loop().execute(() -> action.accept(session));
		}
		return true;
	}

	/**
	 * Listener of transports that have no session yet.
	 */
	private static final class NotYet implements TransportListener {

		@Override
		public void onPacket(Transport transport, EnginePacketType type, boolean binary, ByteBuf content) {
			// The channel does not read before the session is there.
		}

		@Override
		public void onParseError(Transport transport) {
			transport.terminate();
		}

		@Override
		public void onTransportError(Transport transport) {
			// Nobody to tell.
		}

		@Override
		public void onTransportClose(Transport transport) {
			// Nobody to tell.
		}

	}

}
