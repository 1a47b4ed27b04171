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
import java.util.List;

import io.github.socketioboot.engine.adapter.AdapterContractTests;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import org.junit.jupiter.api.AfterEach;

/**
 * Tests that a node does for its own sockets what the adapter of a single process does.
 */
class ClusterNodeAdapterTests extends AdapterContractTests {

	private final BusCluster cluster = new BusCluster(2, true);

	private final List<ClusterNode> nodes = new ArrayList<>();

	@Override
	protected AdapterFactory factory() {
		for (int i = 0; i < 2; i++) {
			ClusterNode node = new ClusterNode(this.cluster.transport(i), ClusterConfig.DEFAULT);
			node.open();
			this.nodes.add(node);
		}
		return this.nodes.get(0);
	}

	@AfterEach
	void closeNodes() {
		this.nodes.forEach(ClusterNode::close);
		this.cluster.close();
	}

}
