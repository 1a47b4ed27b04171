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

package io.github.socketioboot.cluster.local;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.engine.netty.ConnectionSink;
import io.github.socketioboot.engine.netty.ConnectionSource;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The connections that come from the primary: handed over, proxied, and on a port of this
 * worker's own if there is one. Thread-safe.
 */
final class PrimaryConnections implements ConnectionSource {

	private static final int MAX_PORT = 65_535;

	private final WorkerIdentity identity;

	private final LinkFrame.Welcome welcome;

	private final int workerPort;

	private final WorkerDesk desk;

	/**
	 * Create a source.
	 * @param identity who this process is
	 * @param welcome what the primary has said
	 * @param workerPort first of the workers' own public ports, or 0 for none
	 * @param desk this worker's end of the link
	 */
	PrimaryConnections(WorkerIdentity identity, LinkFrame.Welcome welcome, int workerPort, WorkerDesk desk) {
		this.identity = identity;
		this.welcome = welcome;
		this.workerPort = workerPort;
		this.desk = desk;
	}

	@Override
	public CompletionStage<InetSocketAddress> open(ConnectionSink connections) {
		// Also where descriptors are passed: what comes over TLS is proxied, and what
		// comes while they cannot be
		return connections.listen(UnixDomainSocketAddress.of(this.identity.proxySocket()), true, false)
			.thenCompose((proxied) -> listen(connections))
			.thenCompose((listening) -> this.desk.open(connections))
			.thenApply((opened) -> publicAddress());
	}

	@Override
	public CompletionStage<@Nullable Void> close() {
		return this.desk.closeConnections();
	}

	@Override
	public boolean isElsewhere(@Nullable String sid) {
		if (!link().isDescriptorCapable()) {
			return false;
		}
		Neighbours neighbours = this.desk.neighbours();
		return (sid != null) ? neighbours.have(sid) : neighbours.takeNewSessions();
	}

	// A balancer that knows the workers' own ports chooses the worker itself
	@Override
	public boolean sharesSessions() {
		return this.workerPort == 0 && link().isDescriptorCapable() && this.desk.neighbours().areReady();
	}

	@Override
	public boolean isRepeatedElsewhere() {
		return this.desk.neighbours().takeNewSessions();
	}

	@Override
	public void handOn(Channel channel, ByteBuf bytes) {
		this.desk.handOn(channel, bytes);
	}

	/**
	 * Return the link.
	 * @return always the same
	 */
	Link link() {
		return this.desk.link();
	}

	private CompletionStage<@Nullable SocketAddress> listen(ConnectionSink connections) {
		if (this.workerPort == 0) {
			return CompletableFuture.completedFuture(null);
		}
		int port = this.workerPort + this.identity.index();
		if (port > MAX_PORT) {
			return CompletableFuture.failedFuture(new IllegalArgumentException(
					"value of the worker's port: " + port + " (expected: at most " + MAX_PORT + ")"));
		}
		// While this worker takes the place of another, both listen
		return connections.listen(new InetSocketAddress(port), false, true).thenApply((address) -> address);
	}

	private InetSocketAddress publicAddress() {
		InetAddress address = NetUtil.createInetAddressFromIpAddressString(this.welcome.host());
		return (address != null) ? new InetSocketAddress(address, this.welcome.port())
				: InetSocketAddress.createUnresolved(this.welcome.host(), this.welcome.port());
	}

}
