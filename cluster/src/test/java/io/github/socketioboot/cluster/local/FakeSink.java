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

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.socketioboot.engine.netty.ConnectionSink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * A server that keeps what it is given. Thread-safe.
 */
final class FakeSink implements ConnectionSink {

	final Queue<Channel> adopted = new ConcurrentLinkedQueue<>();

	final Queue<String> bytes = new ConcurrentLinkedQueue<>();

	final Queue<String> listening = new ConcurrentLinkedQueue<>();

	final CompletableFuture<Void> mayListen = new CompletableFuture<>();

	volatile int sessions;

	volatile long opened;

	@Override
	public void adopt(Channel channel, ByteBuf bytes) {
		this.bytes.add(bytes.toString(StandardCharsets.ISO_8859_1));
		bytes.release();
		this.adopted.add(channel);
	}

	@Override
	public CompletionStage<SocketAddress> listen(SocketAddress address, boolean preamble, boolean shared) {
		this.listening.add(address + " preamble=" + preamble + " shared=" + shared);
		return this.mayListen.thenApply((done) -> address);
	}

	@Override
	public void unlisten() {
	}

	@Override
	public int sessions() {
		return this.sessions;
	}

	@Override
	public long sessionsOpened() {
		return this.opened;
	}

	void close() {
		this.adopted.forEach((channel) -> channel.unsafe().closeForcibly());
	}

}
