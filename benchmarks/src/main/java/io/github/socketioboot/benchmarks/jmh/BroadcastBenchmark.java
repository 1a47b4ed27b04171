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

package io.github.socketioboot.benchmarks.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.adapter.InMemoryAdapter;
import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.namespace.NamespaceConfig;
import io.github.socketioboot.engine.namespace.NamespaceHandler;
import io.github.socketioboot.engine.namespace.SocketIoEngine;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.SessionListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/**
 * From an application's broadcast to the sessions of 1,000 receivers on two event loops,
 * without the network.
 *
 * @since 0.1.0
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BroadcastBenchmark {

	private static final int RECEIVERS = 1000;

	private static final int LOOPS = 2;

	private static final int BURST = 200;

	private static final String ROOM = "lobby";

	private static final String TEXT = "0123456789abcdef".repeat(4);

	private final List<EventLoop> eventLoops = new ArrayList<>();

	private final List<SinkSession> sessions = new ArrayList<>();

	private final SocketIoEngine engine = new SocketIoEngine(NamespaceConfig.DEFAULT, JsonMapper.builder().build(),
			Runnable::run, InMemoryAdapter::new, new EngineStatistics());

	private final Namespace namespace = this.engine.of("/", (created) -> new NamespaceHandler() {
	});

	/**
	 * Connects the receivers, every second one in a room.
	 */
	@Setup
	public void connect() {
		for (int i = 0; i < LOOPS; i++) {
			EventLoop eventLoop = new DefaultEventLoop();
			this.eventLoops.add(eventLoop);
			EngineLoop loop = new EngineLoop(i, eventLoop);
			for (int j = 0; j < RECEIVERS / LOOPS; j++) {
				SinkSession session = new SinkSession(loop);
				this.sessions.add(session);
				loop.execute(() -> connect(this.engine, session));
			}
		}
		while (this.namespace.sockets().size() < RECEIVERS) {
			Thread.onSpinWait();
		}
		boolean joins = false;
		for (var socket : this.namespace.sockets()) {
			joins = !joins;
			if (joins) {
				socket.join(ROOM);
			}
		}
	}

	private static void connect(SocketIoEngine engine, SinkSession session) {
		SessionListener listener = engine.accept(session);
		ByteBuf packet = Unpooled.wrappedBuffer(new byte[] { '0' });
		listener.onText(packet);
		packet.release();
	}

	/**
	 * Ends the event loops.
	 */
	@TearDown
	public void end() {
		this.eventLoops.forEach((eventLoop) -> eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS));
	}

	/**
	 * One event to all 1,000.
	 * @return number of packets delivered so far
	 */
	@Benchmark
	public long everyone() {
		long before = delivered();
		this.namespace.broadcast().emit("news", TEXT);
		return await(before + RECEIVERS);
	}

	/**
	 * One event to the 500 in a room.
	 * @return number of packets delivered so far
	 */
	@Benchmark
	public long room() {
		long before = delivered();
		this.namespace.broadcast().to(ROOM).emit("news", TEXT);
		return await(before + RECEIVERS / 2);
	}

	/**
	 * 200 events in a row to all 1,000.
	 * @return number of packets delivered so far
	 */
	@Benchmark
	public long burst() {
		long before = delivered();
		for (int i = 0; i < BURST; i++) {
			this.namespace.broadcast().emit("news", TEXT);
		}
		return await(before + (long) BURST * RECEIVERS);
	}

	private long await(long expected) {
		long delivered = delivered();
		while (delivered < expected) {
			Thread.onSpinWait();
			delivered = delivered();
		}
		return delivered;
	}

	private long delivered() {
		long delivered = 0;
		for (int i = 0; i < LOOPS; i++) {
			delivered += this.sessions.get(i * (RECEIVERS / LOOPS)).deliveredOnLoop();
		}
		return delivered;
	}

}
