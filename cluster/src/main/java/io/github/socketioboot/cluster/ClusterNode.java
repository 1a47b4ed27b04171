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

import java.util.Set;

import io.github.socketioboot.engine.adapter.Adapter;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.adapter.AdapterNamespace;

/**
 * This process as a member of a cluster: makes the adapters of its namespaces and sorts
 * what comes to them. Thread-safe; no method blocks.
 *
 * @since 0.1.0
 */
public final class ClusterNode implements AdapterFactory {

	/**
	 * Create a node. It is a member from {@link #open()} on.
	 * @param transport the way to other members
	 * @param config times
	 */
	@SuppressWarnings("UnusedVariable")
	public ClusterNode(ClusterTransport transport, ClusterConfig config) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Adapter create(AdapterNamespace namespace) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Become a member.
	 */
	public void open() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Leave the cluster. Requests of others that wait for this node end.
	 */
	public void close() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the members that are known to live, this one included.
	 * @return their ids
	 */
	public Set<String> members() {
		throw new UnsupportedOperationException();
	}

}
