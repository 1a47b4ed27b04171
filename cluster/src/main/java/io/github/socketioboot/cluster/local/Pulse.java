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

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.WorkerReport;
import io.github.socketioboot.engine.netty.ConnectionSink;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the primary now and then how this worker is doing. Event loop of the link only.
 */
final class Pulse {

	private static final Logger logger = LoggerFactory.getLogger(Pulse.class);

	/**
	 * How often to look whether there are more or fewer sessions.
	 */
	private static final long INTERVAL_MILLIS = 50;

	private static final int INTERVALS_PER_EXPIRY = 5;

	private static final int INTERVALS_PER_REPORT = 20;

	private final Link link;

	private final Runnable expiry;

	private LinkFrame.Sessions told = new LinkFrame.Sessions(0, 0);

	private int count;

	private @Nullable ConnectionSink sink;

	private @Nullable Supplier<WorkerReport> reports;

	private @Nullable Future<?> timer;

	/**
	 * Create a pulse.
	 * @param link where to tell
	 * @param expiry done a few times a second
	 */
	Pulse(Link link, Runnable expiry) {
		this.link = link;
		this.expiry = expiry;
	}

	void start() {
		this.timer = this.link.loop()
			.scheduleAtFixedRate(this::beat, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
	}

	void stop() {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

	/**
	 * Count the sessions of a server, or of none.
	 * @param sink the server
	 */
	void sink(@Nullable ConnectionSink sink) {
		this.sink = sink;
	}

	void reports(Supplier<WorkerReport> reports) {
		this.reports = reports;
	}

	private void beat() {
		this.count++;
		ConnectionSink server = this.sink;
		if (server != null) {
			LinkFrame.Sessions sessions = new LinkFrame.Sessions(server.sessions(), server.sessionsOpened());
			if (!sessions.equals(this.told)) {
				this.told = sessions;
				this.link.send(sessions);
			}
		}
		if (this.count % INTERVALS_PER_EXPIRY == 0) {
			this.expiry.run();
		}
		if (this.count % INTERVALS_PER_REPORT == 0) {
			report();
		}
	}

	private void report() {
		Supplier<WorkerReport> supplier = this.reports;
		if (supplier == null) {
			return;
		}
		try {
			this.link.send(new LinkFrame.Report(supplier.get()));
		}
		catch (RuntimeException ex) {
			// The timer would end
			logger.warn("The report of this worker failed", ex);
		}
	}

}
