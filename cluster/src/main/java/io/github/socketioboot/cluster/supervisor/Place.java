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

package io.github.socketioboot.cluster.supervisor;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One index, at which one worker after another works. Supervisor's thread only.
 */
final class Place implements SupervisedWorker.Events {

	private static final Logger logger = LoggerFactory.getLogger(Supervisor.class);

	private static final Runnable NO_TIMER = () -> {
	};

	private final Surroundings surroundings;

	private final Fleet fleet;

	private final int index;

	private final Backoff backoff;

	/**
	 * The one that counts. When it has ended, it stands for the state of the place.
	 */
	private SupervisedWorker current;

	private @Nullable SupervisedWorker successor;

	private @Nullable Replacement replacement;

	/**
	 * Whether the worker that is being ended is followed by another at once.
	 */
	private boolean again;

	private boolean removed;

	private Runnable timer = NO_TIMER;

	Place(Surroundings surroundings, Fleet fleet, int index) {
		this.surroundings = surroundings;
		this.fleet = fleet;
		this.index = index;
		this.backoff = new Backoff(surroundings.config().restart());
		this.current = worker(0, "");
	}

	private SupervisedWorker worker(int restarts, String reason) {
		return new SupervisedWorker(this.surroundings, this.index, this.fleet.nextNumber(), restarts, reason, this);
	}

	int index() {
		return this.index;
	}

	SupervisedWorker current() {
		return this.current;
	}

	boolean isErrored() {
		return this.current.state() == WorkerState.ERRORED && this.successor == null;
	}

	boolean isBeingReplaced() {
		return this.replacement != null;
	}

	/**
	 * Start the first worker.
	 */
	void start() {
		this.current.start();
	}

	/**
	 * Replace the worker, by a successor that is ready before it goes. One that has ended
	 * is started again, from the shortest delay on.
	 * @param why for the log and the status
	 * @param orRestart whether the old worker is ended and another started if the
	 * successor fails
	 * @param done told the end: {@code null} or why the old worker was not replaced
	 */
	void replace(String why, boolean orRestart, Consumer<@Nullable String> done) {
		Replacement running = this.replacement;
		if (this.removed) {
			done.accept(null);
		}
		else if (running != null) {
			running.then(() -> replace(why, orRestart, done));
		}
		else {
			this.replacement = new Replacement(why, orRestart, done);
			if (!this.current.isLaunched()) {
				return; // its turn comes
			}
			if (!this.current.isLive()) {
				this.backoff.reset();
				startAnew(why);
			}
			else if (this.current.isTold()) {
				this.again = true;
			}
			else {
				this.successor = worker(this.current.restarts() + 1, why);
				this.successor.start();
			}
		}
	}

	/**
	 * Replace the worker; one that is not ready has nothing to keep, so that it ends
	 * first.
	 * @param done told the end: {@code null} or why the old worker was not replaced
	 */
	void restart(Consumer<@Nullable String> done) {
		String why = "restart";
		if (this.replacement != null) {
			done.accept(null); // a new one is on its way
		}
		else if (this.current.isLive() && this.current.state() == WorkerState.STARTING) {
			this.replacement = new Replacement(why, false, done);
			this.again = true;
			this.current.end(why);
		}
		else {
			replace(why, false, done);
		}
	}

	private void startAnew(String reason) {
		this.timer.run();
		this.timer = NO_TIMER;
		this.current = worker(this.current.restarts() + 1, reason);
		this.current.start();
	}

	/**
	 * End what works here, for good.
	 * @return the worker that has to be told to end, {@code null} if there is none
	 */
	@Nullable SupervisedWorker remove() {
		this.removed = true;
		stop();
		finish(null);
		if (!this.current.isLive()) {
			return null;
		}
		this.current.drain("scaled down");
		return this.current;
	}

	/**
	 * Start nothing more, and end what is not ready.
	 */
	void stop() {
		this.timer.run();
		this.timer = NO_TIMER;
		this.again = false;
		if (this.successor != null) {
			this.successor.end("stopped");
		}
		if (!this.current.isLive()) {
			this.current.rest(WorkerState.STOPPED, "");
		}
	}

	@Override
	public void onReady(SupervisedWorker worker) {
		this.fleet.settled(this);
		Replacement replacement = this.replacement;
		if (replacement == null) {
			return;
		}
		if (worker == this.successor) {
			SupervisedWorker old = this.current;
			this.current = worker;
			this.successor = null;
			this.backoff.reset();
			replacement.leaving(old);
			old.drain(replacement.why());
			old.end(replacement.why());
		}
		else if (worker == this.current && this.successor == null && !replacement.isLeaving()) {
			finish(null);
		}
	}

	@Override
	public void onEnded(SupervisedWorker worker) {
		this.fleet.settled(this);
		if (this.removed || this.fleet.isStopping()) {
			logger.info("{} ended: {}", worker, worker.ending());
			this.fleet.departed(worker);
		}
		else if (worker == this.successor) {
			this.successor = null;
			onSuccessorEnded(worker);
		}
		else if (worker == this.current) {
			onCurrentEnded(worker);
		}
		else {
			logger.info("{} ended: {}", worker, worker.ending());
			Replacement replacement = this.replacement;
			if (replacement != null && replacement.awaitsEndOf(worker)) {
				finish(replacement.problem());
			}
		}
		this.fleet.ended();
	}

	private void onSuccessorEnded(SupervisedWorker worker) {
		Replacement replacement = this.replacement;
		if (replacement != null && replacement.fallBack()) {
			logger.warn("{} ended: {}; the former worker is ended before another is started", worker, worker.ending());
			this.again = true;
			this.current.drain(replacement.why());
			this.current.end(replacement.why());
			return;
		}
		logger.warn("{} ended: {}; the former worker stays", worker, worker.ending());
		this.current.note("not replaced, " + worker.failure());
		finish(worker.failure());
	}

	private void onCurrentEnded(SupervisedWorker worker) {
		SupervisedWorker successor = this.successor;
		if (successor != null) {
			logger.warn("{} ended: {}; its successor is starting already", worker, worker.ending());
			this.current = successor;
			this.successor = null;
		}
		else if (this.again) {
			this.again = false;
			logger.info("{} ended: {}; another is started", worker, worker.ending());
			startAnew("");
		}
		else {
			onCrash(worker);
		}
	}

	private void onCrash(SupervisedWorker worker) {
		if (this.backoff.ended(worker.served())) {
			Duration delay = this.backoff.next();
			worker.rest(WorkerState.BACKOFF, worker.ending());
			logger.warn("{} ended: {}; restarts in {} (attempt {})", worker, worker.ending(), Elapsed.describe(delay),
					this.backoff.attempts());
			this.timer = this.surroundings.later(delay, () -> startAnew("former worker: " + worker.ending()));
		}
		else {
			worker.rest(WorkerState.ERRORED, worker.ending());
			logger.warn("{} ended: {}; errored, as {} in a row ended too soon", worker, worker.ending(),
					this.backoff.unstable());
		}
		Replacement replacement = this.replacement;
		if (replacement != null && replacement.isLeaving()) {
			replacement.problem(worker.failure());
		}
		else {
			finish(worker.failure());
		}
	}

	private void finish(@Nullable String problem) {
		Replacement replacement = this.replacement;
		if (replacement != null) {
			this.replacement = null;
			replacement.finish(problem);
		}
	}

}
