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

package io.github.socketioboot.test.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.socketioboot.autoconfigure.SocketIoOperations;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.ClusterNode;
import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.memory.InMemoryBus;
import io.github.socketioboot.test.client.SocketIoTestClient;

import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A node of a {@link SocketIoTestCluster}. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class SocketIoTestNode {

	private final ClusterTransport transport;

	private final ConfigurableApplicationContext context;

	private final InMemoryBus bus;

	private final Runnable awaitMembers;

	private final List<SocketIoTestClient> clients = new ArrayList<>();

	private boolean isolated;

	private boolean running = true;

	private SocketIoTestNode(ClusterTransport transport, ConfigurableApplicationContext context, InMemoryBus bus,
			Runnable awaitMembers) {
		this.transport = transport;
		this.context = context;
		this.bus = bus;
		this.awaitMembers = awaitMembers;
	}

	static SocketIoTestNode start(String id, Class<?>[] sources, Map<String, String> properties, InMemoryBus bus,
			Runnable awaitMembers) {
		ClusterTransport transport = bus.transport(id);
		String[] arguments = properties.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
		ConfigurableApplicationContext context = new SpringApplicationBuilder(sources)
			.initializers((created) -> join((GenericApplicationContext) created, transport))
			.bannerMode(Banner.Mode.OFF)
			.registerShutdownHook(false)
			.run(arguments);
		return new SocketIoTestNode(transport, context, bus, awaitMembers);
	}

	private static void join(GenericApplicationContext context, ClusterTransport transport) {
		context.registerBean("socketIoTestClusterNode", ClusterNode.class, () -> {
			SocketIoProperties.Cluster cluster = context.getBean(SocketIoProperties.class).cluster();
			return new ClusterNode(transport, new ClusterConfig(cluster.requestsTimeout(), cluster.heartbeatInterval(),
					cluster.heartbeatTimeout()));
		});
	}

	/**
	 * Return the id of the node, which failures of requests name.
	 * @return the id
	 */
	public String id() {
		return this.transport.memberId();
	}

	/**
	 * Return the application of the node.
	 * @return its context
	 */
	public ApplicationContext context() {
		return this.context;
	}

	/**
	 * Return the operations of the node.
	 * @return the bean of the application
	 */
	public SocketIoOperations operations() {
		return this.context.getBean(SocketIoOperations.class);
	}

	/**
	 * Return the port of the node's server.
	 * @return the port
	 */
	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
	}

	/**
	 * Create a client of the node. It is closed with the cluster.
	 * @return another client, not connected
	 */
	public SocketIoTestClient client() {
		SocketIoTestClient client = SocketIoTestClient.of(this.context);
		this.clients.add(client);
		return client;
	}

	/**
	 * Return the nodes that this one knows, itself included.
	 * @return their ids
	 */
	public Set<String> members() {
		return this.context.getBean(ClusterNode.class).members();
	}

	/**
	 * Stop the node as a shutdown does, and wait until the others know.
	 */
	public void stop() {
		if (this.running) {
			this.running = false;
			this.context.close();
			this.awaitMembers.run();
		}
	}

	/**
	 * End the node without a word, as the death of its process does, and wait until the
	 * others know. Its clients lose their connections.
	 */
	public void kill() {
		if (this.running) {
			this.running = false;
			this.transport.close();
			this.context.close();
			this.awaitMembers.run();
		}
	}

	/**
	 * Cut the node off: it lives and serves its clients, but the others do not hear it,
	 * nor it them, and nobody is told. Requests to it end by their time-out, and after
	 * {@code socketio.cluster.heartbeat-timeout} the others take it for dead.
	 */
	public void isolate() {
		this.isolated = true;
		this.bus.isolate(id());
	}

	/**
	 * End what {@link #isolate()} does. The others know the node again when they hear it.
	 */
	public void rejoin() {
		this.isolated = false;
		this.bus.rejoin(id());
	}

	boolean isRunning() {
		return this.running;
	}

	boolean isIsolated() {
		return this.isolated;
	}

	/**
	 * Close the clients and the application.
	 */
	void end() {
		this.clients.forEach(SocketIoTestClient::close);
		this.running = false;
		this.context.close();
	}

}
