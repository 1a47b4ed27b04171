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

package io.github.socketioboot.deploy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.socketioboot.demo.cluster.ClusterProcess;
import io.github.socketioboot.deploy.RecordingNode.Request;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A balancer in front of nodes that only record what it sends.
 */
final class RecordedBalancer implements AutoCloseable {

	private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

	private final List<RecordingNode> nodes = new ArrayList<>();

	private final Balancer balancer;

	/**
	 * Start nodes and a balancer.
	 * @param start starts the balancer for the ports of nodes
	 */
	RecordedBalancer(Function<List<Integer>, Balancer> start) throws IOException {
		for (int i = 0; i < Nodes.COUNT; i++) {
			this.nodes.add(new RecordingNode(this.requests));
		}
		this.balancer = start.apply(this.nodes.stream().map(RecordingNode::port).toList());
	}

	Browser browser(String address) {
		return new Browser(this.balancer, address);
	}

	Balancer balancer() {
		return this.balancer;
	}

	/**
	 * Wait for the next request.
	 */
	Request next() throws InterruptedException {
		Request request = this.requests.poll(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
		assertThat(request).as("request at a node; %s", this.balancer).isNotNull();
		return request;
	}

	/**
	 * Forget what has come so far.
	 */
	void forget() {
		this.requests.clear();
	}

	@Override
	public void close() {
		this.balancer.close();
		this.nodes.forEach(RecordingNode::close);
	}

}
