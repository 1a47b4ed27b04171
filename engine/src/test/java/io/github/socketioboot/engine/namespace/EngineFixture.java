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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.protocol.EngineVersion;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.netty.channel.DefaultEventLoop;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * An engine on loops of its own, with sessions that have no transport.
 */
final class EngineFixture implements AutoCloseable {

	final EngineStatistics statistics = new EngineStatistics();

	final RecordingHandler handler;

	final HandlerPool pool = new HandlerPool(4);

	final SocketIoEngine engine;

	private final List<DefaultEventLoop> eventLoops = new ArrayList<>();

	private final List<EngineLoop> loops = new ArrayList<>();

	private int sessions;

	EngineFixture() {
		this(NamespaceConfig.DEFAULT);
	}

	EngineFixture(NamespaceConfig config) {
		this(config, new RecordingHandler(), null);
	}

	EngineFixture(NamespaceConfig config, RecordingHandler handler, Executor executor) {
		for (int i = 0; i < 2; i++) {
			DefaultEventLoop eventLoop = new DefaultEventLoop();
			this.eventLoops.add(eventLoop);
			this.loops.add(new EngineLoop(i, eventLoop));
		}
		this.handler = handler;
		this.engine = new SocketIoEngine(config, JsonMapper.builder().build(),
				(executor != null) ? executor : this.pool, AdapterFactory.IN_MEMORY, this.statistics);
		root().handler(this.handler);
	}

	static NamespaceConfig config(Duration connectTimeout, int namespaces, int rooms, int eventsPerSecond) {
		return new NamespaceConfig(connectTimeout, 10, namespaces, rooms, eventsPerSecond);
	}

	static ConditionFactory eventually() {
		return Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(60));
	}

	Namespace root() {
		return this.engine.of("/");
	}

	EngineLoop loop() {
		return this.loops.get(0);
	}

	FakeSession session() {
		return session(EngineVersion.V4);
	}

	FakeSession session(EngineVersion version) {
		return unstarted(version).start(this.engine);
	}

	FakeSession unstarted(EngineVersion version) {
		return new FakeSession(this.loops.get(this.sessions++ % this.loops.size()), version);
	}

	/**
	 * Connect a session to the root namespace.
	 * @return the session, with nothing in its record
	 */
	FakeSession connected() {
		int before = root().sockets().size();
		FakeSession session = session();
		session.receive("0");
		eventually().until(() -> root().sockets().size() > before && !session.sent.isEmpty());
		// Behind the answer the loop queues the call of the handler
		session.onLoop(() -> {
		});
		session.sent.clear();
		return session;
	}

	Socket socketOf(FakeSession session) {
		return root().sockets()
			.stream()
			.filter((socket) -> socket.handshake() == session.handshake())
			.findFirst()
			.orElseThrow();
	}

	@Override
	public void close() {
		this.engine.close();
		this.pool.close();
		this.eventLoops.forEach((loop) -> loop.shutdownGracefully(0, 5, TimeUnit.SECONDS));
		this.eventLoops.forEach((loop) -> loop.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS));
	}

}
