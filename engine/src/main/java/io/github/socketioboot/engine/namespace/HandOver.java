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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

import io.github.socketioboot.engine.loop.EngineLoop;
import io.github.socketioboot.engine.loop.LoopTimeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the queues of one loop's sockets over to handler threads, all those together that
 * got something to do in the same turn of the loop. What the threads do not take is
 * offered again, and the sessions are not read meanwhile. Event loop only, except where a
 * method says otherwise.
 */
final class HandOver extends LoopTimeout {

	static final Logger logger = LoggerFactory.getLogger(HandOver.class);

	/**
	 * When to offer again what was not taken.
	 */
	private static final long RETRY_MILLIS = 10;

	private final EngineLoop loop;

	private final Executor executor;

	private final Activity activity;

	private final Runnable flush = this::flush;

	private final List<HandlerQueue> queues = new ArrayList<>();

	HandOver(EngineLoop loop, Executor executor, Activity activity) {
		this.loop = loop;
		this.executor = executor;
		this.activity = activity;
	}

	/**
	 * Return what runs the queues. Thread-safe.
	 * @return the executor
	 */
	Executor executor() {
		return this.executor;
	}

	/**
	 * Take a queue that was idle.
	 * @param queue the queue
	 */
	void begin(HandlerQueue queue) {
		this.activity.begin();
		beginAgain(queue);
	}

	/**
	 * Take a queue that has more to do.
	 * @param queue the queue
	 */
	void beginAgain(HandlerQueue queue) {
		this.queues.add(queue);
		if (this.queues.size() == 1) {
			this.loop.atTurnEnd(this.flush);
		}
	}

	/**
	 * Note that a queue has become idle. Thread-safe.
	 */
	void end() {
		this.activity.end();
	}

	private void flush() {
		int taken = (this.executor instanceof HandlerPool pool) ? pool.executeAll(this.queues) : executeEach();
		this.queues.subList(0, taken).clear();
		if (this.queues.isEmpty()) {
			return;
		}
		if (isShutDown()) {
			this.queues.forEach((queue) -> this.activity.end());
			this.queues.clear();
			return;
		}
		this.queues.forEach(HandlerQueue::pause);
		this.loop.arm(this, RETRY_MILLIS);
	}

	private boolean isShutDown() {
		return (this.executor instanceof HandlerPool pool && pool.isClosed())
				|| (this.executor instanceof ExecutorService service && service.isShutdown());
	}

	private int executeEach() {
		int taken = 0;
		try {
			for (; taken < this.queues.size(); taken++) {
				this.executor.execute(this.queues.get(taken));
			}
		}
		catch (RejectedExecutionException ex) {
			logger.trace("Handler threads are busy");
		}
		return taken;
	}

	@Override
	protected void onTimeout() {
		flush();
	}

}
