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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

import io.github.socketioboot.autoconfigure.SocketIoServerDrain;
import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.cluster.supervisor.WorkerStatus;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;

/**
 * Does in a worker what the primary asks for. Called on the link's loop, works on threads
 * of its own. Thread-safe.
 */
class WorkerDuties implements Worker.Listener, AutoCloseable {

	/**
	 * How long a worker without primary may take to end.
	 */
	static final Duration ORPHAN_TIMEOUT = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(WorkerDuties.class);

	/**
	 * A drain, and the latest state to tell.
	 */
	private static final int MAX_WAITING = 16;

	private final ObjectProvider<EngineSocketIOServer> server;

	private final ObjectProvider<SocketIoServerDrain> drain;

	private final List<HostListener> listeners;

	private final ApplicationContext context;

	private final IntConsumer exit;

	private final AtomicBoolean ending = new AtomicBoolean();

	private final AtomicReference<@Nullable HostStatus> untold = new AtomicReference<>();

	private volatile boolean open;

	// Executor only
	private List<WorkerStatus> told = List.of();

	private final ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(MAX_WAITING), WorkerDuties::thread);

	WorkerDuties(ObjectProvider<EngineSocketIOServer> server, ObjectProvider<SocketIoServerDrain> drain,
			List<HostListener> listeners, ApplicationContext context, IntConsumer exit) {
		this.server = server;
		this.drain = drain;
		this.listeners = List.copyOf(listeners);
		this.context = context;
		this.exit = exit;
		this.executor.allowCoreThreadTimeOut(true);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "socketio-worker");
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void onDrain(boolean closeSessions) {
		this.executor.execute(() -> this.server.ifAvailable((server) -> drain(server, closeSessions)));
	}

	private void drain(EngineSocketIOServer server, boolean closeSessions) {
		if (!closeSessions) {
			logger.debug("Taking no new Socket.IO sessions");
			server.refuseSessions();
			return;
		}
		this.drain.ifAvailable(SocketIoServerDrain::begin);
	}

	@Override
	public void onStop() {
		end();
	}

	@Override
	public void onPrimaryLost() {
		if (end()) {
			logger.warn("The primary is gone, and this worker ends");
		}
		watch();
	}

	private boolean end() {
		if (!this.ending.compareAndSet(false, true)) {
			return false;
		}
		new Thread(() -> this.exit.accept(0), "socketio-exit").start();
		return true;
	}

	private void watch() {
		Thread watchdog = new Thread(WorkerDuties::haltInTime, "socketio-watchdog");
		watchdog.setDaemon(true);
		watchdog.start();
	}

	private static void haltInTime() {
		try {
			Thread.sleep(ORPHAN_TIMEOUT.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().halt(1);
	}

	@Override
	public void onHost(HostStatus status) {
		if (this.untold.getAndSet(status) == null && this.open) {
			this.executor.execute(this::tell);
		}
	}

	/**
	 * Begin to tell the application, which is complete now.
	 */
	void open() {
		this.open = true;
		this.executor.execute(this::tell);
	}

	private void tell() {
		HostStatus status = this.untold.getAndSet(null);
		if (status == null) {
			return;
		}
		this.listeners.forEach((listener) -> listener.onHost(status));
		List<WorkerStatus> workers = status.workers().stream().map(HostStatus.WorkerView::status).toList();
		if (!workers.equals(this.told)) {
			this.told = workers;
			this.context.publishEvent(new SocketIoWorkersEvent(this.context, status));
		}
	}

	@Override
	public void close() {
		this.executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
		this.executor.shutdown();
	}

}
