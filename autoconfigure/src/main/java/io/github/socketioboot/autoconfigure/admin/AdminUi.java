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

package io.github.socketioboot.autoconfigure.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import io.github.socketioboot.engine.namespace.Namespace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * The namespace of the Admin UI, open before the server takes clients and until it has
 * stopped. Thread-safe.
 */
final class AdminUi implements SmartLifecycle {

	/**
	 * Ahead of the server, at {@code DEFAULT_PHASE - 1536}, and behind the cluster, at
	 * {@code DEFAULT_PHASE - 1600}.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1560;

	private static final Logger logger = LoggerFactory.getLogger(AdminUi.class);

	/**
	 * Among nodes, with the id of a session that has begun.
	 */
	private static final String SESSION_BEGUN = "socketio-admin:session";

	private static final long END_SECONDS = 5;

	private final EngineSocketIOServer server;

	private final AdminSettings settings;

	private final AdminSessions sessions;

	private final @Nullable AdminEvents events;

	private final @Nullable Integer workerIndex;

	private @Nullable Namespace namespace;

	private @Nullable ScheduledThreadPoolExecutor thread;

	/**
	 * Create the namespace's life cycle.
	 * @param server the server
	 * @param settings settings
	 * @param sessions remembers logins
	 * @param events tells every event, or {@code null}
	 * @param workerIndex index of this process among the workers of its host, or
	 * {@code null} if it is none
	 */
	AdminUi(EngineSocketIOServer server, AdminSettings settings, AdminSessions sessions, @Nullable AdminEvents events,
			@Nullable Integer workerIndex) {
		this.server = server;
		this.settings = settings;
		this.sessions = sessions;
		this.events = events;
		this.workerIndex = workerIndex;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public synchronized boolean isRunning() {
		return this.thread != null;
	}

	@Override
	public synchronized void start() {
		if (this.thread != null) {
			return;
		}
		if (this.settings.credentials() == null) {
			logger.warn("Everybody who reaches the server may use the Admin UI, as 'socketio.admin.auth' is false");
		}
		Namespace namespace = (this.namespace != null) ? this.namespace : open();
		this.namespace = namespace;
		ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread created = new Thread(task, "socketio-admin");
			created.setDaemon(true);
			return created;
		});
		this.thread = thread;
		if (this.events != null) {
			this.events.start(namespace, thread);
		}
		String hostname = hostname();
		thread.scheduleAtFixedRate(
				new Reporting(namespace,
						new AdminStatistics(this.server, serverId(hostname), hostname, Clock.systemUTC())),
				0, 1, TimeUnit.SECONDS);
	}

	private Namespace open() {
		AdminHandler handler = new AdminHandler(this.settings, this.sessions, new FailedLogins(System::nanoTime),
				this.server.engine(), this.events);
		if (this.server.engine().find(this.settings.namespace()) != null) {
			throw AdminSettings.taken(this.settings.namespace());
		}
		Namespace namespace = this.server.engine().of(this.settings.namespace(), (created) -> handler);
		if (this.sessions instanceof MemoryAdminSessions memory) {
			memory.others((id) -> namespace.serverSideEmit(SESSION_BEGUN, id));
			namespace.onServerSideEmit(SESSION_BEGUN, (args, answer) -> {
				if (args.size() == 1 && args.get(0) instanceof String id) {
					memory.add(id);
				}
			});
		}
		return namespace;
	}

	/**
	 * Name the server as no other process is named, even during a reload.
	 * @param hostname name of the host
	 * @return the name
	 */
	private String serverId(String hostname) {
		String configured = this.settings.serverId();
		if (this.workerIndex != null) {
			return String.join("#", List.of((configured != null) ? configured : hostname, this.workerIndex.toString(),
					Long.toString(ProcessHandle.current().pid())));
		}
		return (configured != null) ? configured : hostname + "#" + ProcessHandle.current().pid();
	}

	private static String hostname() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "localhost";
		}
	}

	@Override
	public synchronized void stop() {
		ScheduledThreadPoolExecutor thread = this.thread;
		if (thread == null) {
			return;
		}
		this.thread = null;
		thread.shutdownNow();
		try {
			if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
				logger.debug("What is told to the Admin UI takes long");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (this.events != null) {
			this.events.stop();
		}
	}

	/**
	 * Samples every second and reports every other.
	 */
	private static final class Reporting implements Runnable {

		private final Namespace namespace;

		private final AdminStatistics statistics;

		private boolean reports = true;

		Reporting(Namespace namespace, AdminStatistics statistics) {
			this.namespace = namespace;
			this.statistics = statistics;
		}

		@Override
		public void run() {
			try {
				this.statistics.sample();
				if (this.reports) {
					this.namespace.broadcast().emit("server_stats", this.statistics.report());
				}
			}
			catch (RuntimeException ex) {
				logger.debug("The Admin UI is not told how the server is", ex);
			}
			this.reports = !this.reports;
		}

	}

}
