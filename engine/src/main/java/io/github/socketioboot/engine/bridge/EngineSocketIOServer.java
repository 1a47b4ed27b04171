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

package io.github.socketioboot.engine.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.listener.ConnectListener;
import com.corundumstudio.socketio.listener.DataListener;
import com.corundumstudio.socketio.listener.DisconnectListener;
import com.corundumstudio.socketio.listener.EventInterceptor;
import com.corundumstudio.socketio.listener.MultiTypeEventListener;
import com.corundumstudio.socketio.listener.PingListener;
import com.corundumstudio.socketio.listener.PongListener;
import io.github.socketioboot.engine.bridge.EngineBroadcastOperations.Target;
import io.github.socketioboot.engine.namespace.SocketIoEngine;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * netty-socketio's server on the engine: its public methods, on another wire. Thread-safe
 * as far as netty-socketio's is: listeners are added before the start, or at any time.
 * <p>
 * Listeners never run on an event loop, and may block. May be started again after a stop;
 * namespaces and listeners stay.
 * <p>
 * Long because it overrides each method of its superclass.
 *
 * @since 0.1.0
 */
@SuppressWarnings("deprecation") // PingListener is netty-socketio's word
public final class EngineSocketIOServer extends SocketIOServer implements AutoCloseable {

	private final Configuration configuration;

	// No initializer: the constructor of the superclass adds a namespace before this
	private final @Nullable Bridge bridge;

	/**
	 * Create a server from netty-socketio's settings. Those that the engine has no use
	 * for are passed over.
	 * @param configuration the settings, which are copied
	 * @throws IllegalArgumentException if a setting cannot be honoured
	 */
	public EngineSocketIOServer(Configuration configuration) {
		this(configuration, EngineSocketIOServerBuilder.from(configuration).settings());
	}

	EngineSocketIOServer(Configuration configuration, BridgeSettings settings) {
		super(StockWire.configuration());
		this.configuration = configuration;
		releaseStockWire();
		this.bridge = new Bridge(configuration, settings);
		this.bridge.namespaces().create(SocketPacket.ROOT);
	}

	// The superclass has made a timer, which Netty would report as leaked one day. It can
	// be had from the bootstrap only
	private void releaseStockWire() {
		try {
			super.startAsync();
		}
		catch (StockWire.ReleasedException ex) {
			// As it should be
		}
	}

	/**
	 * Build a server from the engine's settings.
	 * @return a builder with defaults
	 */
	public static EngineSocketIOServerBuilder builder() {
		return new EngineSocketIOServerBuilder();
	}

	/**
	 * Return the port on which the server listens.
	 * @return the real port, also if any free one was asked for; -1 if the server does
	 * not run
	 */
	public int port() {
		return bridge().lifecycle().port();
	}

	/**
	 * Return the engine, always the same.
	 * @return the engine
	 */
	public SocketIoEngine engine() {
		return bridge().engine();
	}

	/**
	 * Return the counters of the server.
	 * @return the counters
	 */
	public EngineStatistics statistics() {
		return bridge().settings().statistics();
	}

	/**
	 * Return whether the server takes new sessions.
	 * @return {@code true} between start and drain
	 */
	public boolean isReady() {
		return bridge().lifecycle().isReady();
	}

	/**
	 * Return whether the server closes its sessions in order to stop.
	 * @return {@code true} from drain to the end of the stop
	 */
	public boolean isDraining() {
		return bridge().lifecycle().isDraining();
	}

	/**
	 * Return how many sessions are open.
	 * @return the number
	 */
	public int sessions() {
		return bridge().lifecycle().sessions();
	}

	/**
	 * Take no new sessions and serve those there are, until a drain or stop. Does not
	 * block.
	 */
	public void refuseSessions() {
		bridge().lifecycle().refuseSessions();
	}

	/**
	 * Take no new sessions, let finish what is going on, and close the sessions in such a
	 * way that clients connect elsewhere: without a DISCONNECT packet. Does not block.
	 * @param timeout how long that may take
	 * @param spread over how long closings are spread
	 * @return completed when no session is left or the time is over
	 */
	public CompletionStage<@Nullable Void> drain(Duration timeout, Duration spread) {
		return bridge().lifecycle().drain(timeout, spread);
	}

	/**
	 * Drain and stop, with the times of the settings. Does not block.
	 * @return completed when the port is closed and the threads have ended
	 */
	public CompletionStage<@Nullable Void> stopAsync() {
		Bridge bridge = bridge();
		return bridge.lifecycle().stop(bridge.settings().drainTimeout(), bridge.settings().drainSpread());
	}

	/**
	 * Stop at once, whatever is going on. Clients connect anew, as after a drain. Does
	 * not block.
	 * @return completed when the port is closed and the threads have ended
	 */
	public CompletionStage<@Nullable Void> stopNow() {
		return bridge().lifecycle().stop(Duration.ZERO, Duration.ZERO);
	}

	/**
	 * Start the server and wait until it listens. Not to be called on an event loop.
	 * Fails with what binding failed with, such as a {@link java.net.BindException}.
	 * @throws IllegalStateException if it runs already
	 */
	@Override
	public void start() {
		startAsync().syncUninterruptibly();
	}

	@Override
	public Future<Void> startAsync() {
		return bridge().lifecycle().start();
	}

	/**
	 * Drain and stop, and wait for it, with the times of the settings. Does nothing if
	 * the server does not run. Not to be called on an event loop; a listener that calls
	 * it waits for itself until the time of the drain is over, and better calls
	 * {@link #stopAsync()}.
	 */
	@Override
	public void stop() {
		stopAsync().toCompletableFuture().join();
	}

	/**
	 * Stop the server for good and end the adapters of its namespaces.
	 */
	@Override
	public void close() {
		stop();
		bridge().close();
	}

	/**
	 * Not possible: the engine has its own pipeline.
	 * @param pipelineFactory not used
	 * @throws UnsupportedOperationException always
	 */
	@Override
	public void setPipelineFactory(SocketIOChannelInitializer pipelineFactory) {
		throw new UnsupportedOperationException("The engine has its own pipeline; use a HandshakeInterceptor or an "
				+ "AuthorizationListener to look at requests");
	}

	@Override
	protected void applyConnectionOptions(ServerBootstrap bootstrap) {
		StockWire.release(bootstrap);
	}

	@Override
	public Configuration getConfiguration() {
		return this.configuration;
	}

	/**
	 * Find or create a namespace, at any time.
	 * @param name its name; a missing slash is added, and the empty name is the root
	 * @return the namespace
	 */
	@Override
	@SuppressWarnings("NullAway") // Only the constructor of the superclass sees null
	public SocketIONamespace addNamespace(String name) {
		Bridge bridge = this.bridge;
		return (bridge != null) ? bridge.namespaces().create(name) : null;
	}

	@Override
	public @Nullable SocketIONamespace getNamespace(String name) {
		return bridge().namespaces().find(name);
	}

	/**
	 * Remove a namespace and send its clients away from it.
	 * @param name its name
	 */
	@Override
	public void removeNamespace(String name) {
		bridge().namespaces().remove(name);
	}

	@Override
	public Collection<SocketIONamespace> getAllNamespaces() {
		return Collections.unmodifiableCollection(bridge().namespaces().all());
	}

	@Override
	public Collection<SocketIOClient> getAllClients() {
		return root().getAllClients();
	}

	@Override
	public @Nullable SocketIOClient getClient(UUID uuid) {
		return root().getClient(uuid);
	}

	@Override
	public BroadcastOperations getBroadcastOperations() {
		List<Target> targets = new ArrayList<>();
		bridge().namespaces().all().forEach((namespace) -> targets.add(namespace.everyone()));
		return new EngineBroadcastOperations(targets);
	}

	@Override
	public BroadcastOperations getRoomOperations(String... rooms) {
		List<Target> targets = new ArrayList<>();
		if (rooms.length != 0) {
			bridge().namespaces().all().forEach((namespace) -> targets.add(namespace.members(Arrays.asList(rooms))));
		}
		return new EngineBroadcastOperations(targets);
	}

	@Override
	public void addMultiTypeEventListener(String eventName, MultiTypeEventListener listener, Class<?>... eventClass) {
		root().addMultiTypeEventListener(eventName, listener, eventClass);
	}

	@Override
	public <T> void addEventListener(String eventName, Class<T> eventClass, DataListener<T> listener) {
		root().addEventListener(eventName, eventClass, listener);
	}

	@Override
	public void addEventInterceptor(EventInterceptor eventInterceptor) {
		root().addEventInterceptor(eventInterceptor);
	}

	@Override
	public void removeAllListeners(String eventName) {
		root().removeAllListeners(eventName);
	}

	@Override
	public void addDisconnectListener(DisconnectListener listener) {
		root().addDisconnectListener(listener);
	}

	/**
	 * Add a listener that learns why clients leave the root namespace.
	 * @param listener the listener
	 */
	public void addDisconnectReasonListener(DisconnectReasonListener listener) {
		root().addDisconnectReasonListener(listener);
	}

	@Override
	public void addConnectListener(ConnectListener listener) {
		root().addConnectListener(listener);
	}

	@Override
	@Deprecated
	public void addPingListener(PingListener listener) {
		root().addPingListener(listener);
	}

	@Override
	public void addPongListener(PongListener listener) {
		root().addPongListener(listener);
	}

	@Override
	public void addListeners(Object listeners) {
		root().addListeners(listeners);
	}

	@Override
	public <L> void addListeners(Iterable<L> listeners) {
		root().addListeners(listeners);
	}

	@Override
	public void addListeners(Object listeners, Class<?> listenersClass) {
		root().addListeners(listeners, listenersClass);
	}

	private EngineSocketIONamespace root() {
		return bridge().namespaces().create(SocketPacket.ROOT);
	}

	private Bridge bridge() {
		Bridge bridge = this.bridge;
		if (bridge == null) {
			throw new IllegalStateException("The server is being created");
		}
		return bridge;
	}

}
