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

package io.github.socketioboot.autoconfigure.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.socketioboot.autoconfigure.SocketIoServerDrain;
import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WorkerDutiesTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final EngineSocketIOServer server = Mockito.mock(EngineSocketIOServer.class);

	private final SocketIoServerDrain drain = Mockito.mock(SocketIoServerDrain.class);

	private final List<Integer> exits = new CopyOnWriteArrayList<>();

	private final List<HostStatus> heard = new CopyOnWriteArrayList<>();

	private final List<HostStatus> published = new CopyOnWriteArrayList<>();

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final WorkerDuties duties = new WorkerDuties(provider(this.server), provider(this.drain),
			List.of(this.heard::add), this.context, this.exits::add);

	@BeforeEach
	void refresh() {
		ApplicationListener<SocketIoWorkersEvent> listener = (event) -> this.published.add(event.getHost());
		this.context.addApplicationListener(listener);
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.duties.close();
		this.context.close();
	}

	@Test
	void workerWhosePlaceIsTakenRefusesSessionsAndKeepsThoseItHas() {
		this.duties.onDrain(false);
		Mockito.verify(this.server, Mockito.timeout(LIMIT.toMillis())).refuseSessions();
		Mockito.verifyNoInteractions(this.drain);
	}

	@Test
	void hostThatDrainsClosesSessions() {
		CompletableFuture<Void> begun = new CompletableFuture<>();
		Mockito.when(this.drain.begin()).thenAnswer((call) -> {
			begun.complete(null);
			return begun;
		});
		this.duties.onDrain(true);
		await().atMost(LIMIT).until(begun::isDone);
		Mockito.verify(this.server, Mockito.never()).refuseSessions();
	}

	@Test
	void processEndsOnceWithoutError() {
		this.duties.onStop();
		this.duties.onStop();
		await().atMost(LIMIT).until(() -> !this.exits.isEmpty());
		assertThat(this.exits).containsExactly(0);
	}

	@Test
	void applicationHearsOfWorkersWhenItIsComplete() {
		HostStatus starting = Hosts.host(1, false, WorkerState.STARTING);
		HostStatus ready = Hosts.host(1, false, WorkerState.READY);
		this.duties.onHost(starting);
		this.duties.onHost(ready);
		assertThat(this.heard).isEmpty();
		this.duties.open();
		await().atMost(LIMIT).until(() -> !this.published.isEmpty());
		assertThat(this.published).containsExactly(ready);
		assertThat(this.heard).containsExactly(ready);
	}

	@Test
	void applicationIsToldOfChangesOnlyAndListenersOfAll() {
		this.duties.open();
		HostStatus ready = Hosts.host(1, false, WorkerState.READY);
		HostStatus again = new HostStatus(ready.pid(), ready.memory() + 1, ready.host(), ready.port(),
				ready.instances(), ready.draining(), ready.descriptors(), ready.workers(), ready.reload());
		this.duties.onHost(ready);
		await().atMost(LIMIT).until(() -> this.heard.contains(ready));
		this.duties.onHost(again);
		await().atMost(LIMIT).until(() -> this.heard.contains(again));
		HostStatus backoff = Hosts.host(1, false, WorkerState.BACKOFF);
		this.duties.onHost(backoff);
		await().atMost(LIMIT).until(() -> this.published.contains(backoff));
		assertThat(this.published).containsExactly(ready, backoff);
	}

	private static <T> ObjectProvider<T> provider(T bean) {
		StaticListableBeanFactory factory = new StaticListableBeanFactory();
		factory.addBean("bean", bean);
		@SuppressWarnings("unchecked")
		Class<T> type = (Class<T>) bean.getClass();
		return factory.getBeanProvider(type);
	}

}
