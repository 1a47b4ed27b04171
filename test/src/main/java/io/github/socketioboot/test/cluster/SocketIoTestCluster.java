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

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.socketioboot.cluster.memory.InMemoryBus;

/**
 * An application started several times in this JVM, as nodes that are joined as the
 * workers of one host are: each has an application context, a server on a free port of
 * the loopback interface, and clients of its own. What the application's configuration
 * says about instances, adapter and ports does not count.
 * <p>
 * Closing it stops all nodes. For one thread at a time; starting, stopping and closing
 * block.
 *
 * @since 0.1.0
 */
public final class SocketIoTestCluster implements AutoCloseable {

	/**
	 * How long nodes may take to hear of each other.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final InMemoryBus bus = new InMemoryBus(true);

	private final List<SocketIoTestNode> nodes = new ArrayList<>();

	private final Class<?>[] sources;

	private final Map<String, String> properties;

	private SocketIoTestCluster(Class<?>[] sources, Map<String, String> properties) {
		this.sources = sources;
		this.properties = properties;
	}

	/**
	 * Describe a cluster.
	 * @param sources configuration classes of the application, such as the class that is
	 * annotated with {@code @SpringBootApplication}
	 * @return what starts the cluster
	 */
	public static Builder of(Class<?>... sources) {
		return new Builder(sources);
	}

	/**
	 * Return a node.
	 * @param index which, from 0 in the order of their start
	 * @return the node
	 * @throws IndexOutOfBoundsException if there is none
	 */
	public SocketIoTestNode node(int index) {
		return this.nodes.get(index);
	}

	/**
	 * Return all nodes.
	 * @return the nodes in the order of their start, those included that have been
	 * stopped
	 */
	public List<SocketIoTestNode> nodes() {
		return List.copyOf(this.nodes);
	}

	/**
	 * Start another node, and wait until the others know it.
	 * @return the node
	 */
	public SocketIoTestNode add() {
		SocketIoTestNode node = SocketIoTestNode.start("node-" + this.nodes.size(), this.sources, this.properties,
				this.bus, this::awaitMembers);
		this.nodes.add(node);
		awaitMembers();
		return node;
	}

	/**
	 * Wait until each node knows all those that live.
	 */
	private void awaitMembers() {
		Set<String> living = this.nodes.stream()
			.filter(SocketIoTestNode::isRunning)
			.map(SocketIoTestNode::id)
			.collect(Collectors.toSet());
		long start = System.nanoTime();
		while (this.nodes.stream().anyMatch((node) -> isAwaited(node) && !node.members().equals(living))) {
			if (System.nanoTime() - start > LIMIT.toNanos()) {
				throw new AssertionError("The nodes %s do not know each other after %s: %s".formatted(living, LIMIT,
						this.nodes.stream().map((node) -> node.id() + " knows " + node.members()).toList()));
			}
			pause();
		}
	}

	private static boolean isAwaited(SocketIoTestNode node) {
		return node.isRunning() && !node.isIsolated();
	}

	private static void pause() {
		try {
			Thread.sleep(5);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for nodes", ex);
		}
	}

	@Override
	public void close() {
		this.nodes.forEach(SocketIoTestNode::end);
		this.bus.close();
	}

	/**
	 * Starts a cluster. For one thread.
	 */
	public static final class Builder {

		private final Class<?>[] sources;

		private final Map<String, String> properties = new LinkedHashMap<>();

		private Builder(Class<?>[] sources) {
			this.sources = sources.clone();
			this.properties.put("server.port", "0");
			this.properties.put("socketio.drain.spread", "0s");
		}

		/**
		 * Set properties of all nodes.
		 * @param properties properties in the form {@code key=value}
		 * @return this builder
		 */
		public Builder properties(String... properties) {
			for (String property : properties) {
				int separator = property.indexOf('=');
				if (separator < 1) {
					throw new IllegalArgumentException("property: " + property + " (expected: key=value)");
				}
				this.properties.put(property.substring(0, separator), property.substring(separator + 1));
			}
			return this;
		}

		/**
		 * Start the cluster, and wait until its nodes know each other.
		 * @param nodes how many, at least 1
		 * @return the cluster
		 */
		public SocketIoTestCluster start(int nodes) {
			if (nodes < 1) {
				throw new IllegalArgumentException("nodes: " + nodes + " (expected: >= 1)");
			}
			Map<String, String> properties = new LinkedHashMap<>(this.properties);
			properties.put("socketio.host", "127.0.0.1");
			properties.put("socketio.port", "0");
			properties.put("socketio.cluster.instances", "1");
			properties.put("socketio.cluster.adapter", "none");
			SocketIoTestCluster cluster = new SocketIoTestCluster(this.sources, properties);
			try {
				for (int i = 0; i < nodes; i++) {
					cluster.add();
				}
				return cluster;
			}
			catch (RuntimeException | Error ex) {
				cluster.close();
				throw ex;
			}
		}

	}

}
