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

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.PacketLimits;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionAcceptor;
import io.github.socketioboot.engine.session.SessionListener;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The namespaces of a server, above its sessions. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SocketIoEngine implements SessionAcceptor {

	/**
	 * How often {@link #quiesce()} looks.
	 */
	private static final long QUIET_CHECK_MILLIS = 10;

	private final NamespaceConfig config;

	private final Executor handlers;

	private final AdapterFactory adapters;

	private final EngineStatistics statistics;

	private final @Nullable EventObserver observer;

	private final @Nullable HandlerContext context;

	private final @Nullable SocketObserver socketObserver;

	private final SocketPacketEncoder encoder;

	private final PacketLimits packetLimits;

	private final Activity activity = new Activity();

	private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();

	private final Map<EngineLoop, HandOver> handOvers = new ConcurrentHashMap<>();

	/**
	 * Create an engine with the root namespace.
	 * @param config settings
	 * @param mapper mapper for payloads
	 * @param handlers runs handlers, which may block; never an event loop. A
	 * {@link HandlerPool} unless the application has its own
	 * @param adapters makes the adapter of each namespace
	 * @param statistics counters
	 */
	public SocketIoEngine(NamespaceConfig config, JsonMapper mapper, Executor handlers, AdapterFactory adapters,
			EngineStatistics statistics) {
		this(config, mapper, handlers, adapters, statistics, null, null, null);
	}

	/**
	 * Create an engine with the root namespace.
	 * @param config settings
	 * @param mapper mapper for payloads
	 * @param handlers runs handlers, which may block; never an event loop. A
	 * {@link HandlerPool} unless the application has its own
	 * @param adapters makes the adapter of each namespace
	 * @param statistics counters
	 * @param observer learns of events, or {@code null}
	 * @param context surrounds handlers, or {@code null}
	 * @param socketObserver learns of sockets, or {@code null}
	 */
	public SocketIoEngine(NamespaceConfig config, JsonMapper mapper, Executor handlers, AdapterFactory adapters,
			EngineStatistics statistics, @Nullable EventObserver observer, @Nullable HandlerContext context,
			@Nullable SocketObserver socketObserver) {
		this.config = config;
		this.handlers = handlers;
		this.adapters = adapters;
		this.statistics = statistics;
		this.observer = observer;
		this.context = context;
		this.socketObserver = socketObserver;
		this.encoder = new SocketPacketEncoder(mapper, config.maxAttachments());
		this.packetLimits = new PacketLimits(mapper, config.maxAttachments());
		of(SocketPacket.ROOT);
	}

	/**
	 * Find or create a namespace.
	 * @param name its name; a missing slash is added
	 * @return the namespace
	 */
	public Namespace of(String name) {
		return this.namespaces.computeIfAbsent(withSlash(name), (key) -> new Namespace(this, key, this.adapters));
	}

	/**
	 * Find or create a namespace. A new one has its handler before the first client can
	 * connect to it.
	 * @param name its name; a missing slash is added
	 * @param handler makes the handler of a new namespace; must not look for namespaces
	 * or add any
	 * @return the namespace
	 */
	public Namespace of(String name, Function<? super Namespace, ? extends NamespaceHandler> handler) {
		return this.namespaces.computeIfAbsent(withSlash(name), (key) -> {
			Namespace namespace = new Namespace(this, key, this.adapters);
			namespace.handler(handler.apply(namespace));
			return namespace;
		});
	}

	/**
	 * Find a namespace.
	 * @param name its name; a missing slash is added
	 * @return the namespace, or {@code null} if there is none
	 */
	public @Nullable Namespace find(String name) {
		return findExact(withSlash(name));
	}

	@Nullable Namespace findExact(String name) {
		return this.namespaces.get(name);
	}

	/**
	 * Remove a namespace and disconnect its sockets.
	 * @param name its name; a missing slash is added
	 * @return whether there was one
	 */
	public boolean remove(String name) {
		Namespace namespace = this.namespaces.remove(withSlash(name));
		if (namespace != null) {
			namespace.remove();
		}
		return namespace != null;
	}

	/**
	 * Return the namespaces.
	 * @return a live view
	 */
	public Collection<Namespace> namespaces() {
		return Collections.unmodifiableCollection(this.namespaces.values());
	}

	/**
	 * Wait until nothing is going on: no handler runs or is queued, and no event of a
	 * client awaits its acknowledgement. Does not keep new events from coming.
	 * @return completed once that is so, looked at every few milliseconds; to be
	 * cancelled by who waits no longer
	 */
	public CompletableFuture<Void> quiesce() {
		CompletableFuture<Void> quiet = new CompletableFuture<>();
		checkQuiet(quiet);
		return quiet;
	}

	private void checkQuiet(CompletableFuture<Void> quiet) {
		if (quiet.isDone()) {
			return;
		}
		if (this.activity.isQuiet() && this.namespaces.values().stream().noneMatch(Namespace::owesAcks)) {
			quiet.complete(null);
			return;
		}
		CompletableFuture.delayedExecutor(QUIET_CHECK_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
			.execute(() -> checkQuiet(quiet));
	}

	/**
	 * End the adapters. Called when the server has stopped.
	 */
	public void close() {
		this.namespaces.values().forEach((namespace) -> namespace.adapter().close());
	}

	@Override
	public SessionListener accept(Session session) {
		HandOver handOver = this.handOvers.computeIfAbsent(session.loop(),
				(loop) -> new HandOver(loop, this.handlers, this.activity));
		Connection connection = new Connection(this, session, handOver);
		connection.start();
		return connection;
	}

	NamespaceConfig config() {
		return this.config;
	}

	Executor handlers() {
		return this.handlers;
	}

	EngineStatistics statistics() {
		return this.statistics;
	}

	@Nullable EventObserver observer() {
		return this.observer;
	}

	@Nullable HandlerContext context() {
		return this.context;
	}

	@Nullable SocketObserver socketObserver() {
		return this.socketObserver;
	}

	SocketPacketEncoder encoder() {
		return this.encoder;
	}

	PacketLimits packetLimits() {
		return this.packetLimits;
	}

	private static String withSlash(String name) {
		return name.startsWith("/") ? name : "/" + name;
	}

}
