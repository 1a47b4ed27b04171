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

package io.github.socketioboot.cluster.primary;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame.Ready;
import io.github.socketioboot.cluster.link.WorkerReport;
import org.jspecify.annotations.Nullable;

/**
 * A worker's process as the primary sees it, from before its start until its end.
 * Thread-safe, except where a method says otherwise.
 */
final class WorkerEntry {

	private final int index;

	private final int number;

	private final String sidPrefix;

	private final WorkerLoad load = new WorkerLoad();

	private final HandOverQueue handOvers = new HandOverQueue(this.load);

	private final AtomicInteger outstanding = new AtomicInteger();

	private volatile @Nullable Link link;

	private volatile @Nullable Ready ready;

	private volatile boolean draining;

	private volatile WorkerReport report = WorkerReport.NONE;

	private volatile boolean member;

	WorkerEntry(int index, int number, String sidPrefix) {
		this.index = index;
		this.number = number;
		this.sidPrefix = sidPrefix;
	}

	int index() {
		return this.index;
	}

	int number() {
		return this.number;
	}

	String sidPrefix() {
		return this.sidPrefix;
	}

	WorkerLoad load() {
		return this.load;
	}

	/**
	 * Return the connections on their way to the worker. Event loop only.
	 * @return the queue
	 */
	HandOverQueue handOvers() {
		return this.handOvers;
	}

	/**
	 * Return the number of requests to its web servers that are not answered yet.
	 * @return the counter
	 */
	AtomicInteger outstanding() {
		return this.outstanding;
	}

	@Nullable Link link() {
		return this.link;
	}

	void link(@Nullable Link link) {
		this.link = link;
	}

	/**
	 * Return what the worker said when it was ready.
	 * @return the frame, or {@code null} if it has said nothing yet
	 */
	@Nullable Ready ready() {
		return this.ready;
	}

	void ready(Ready ready) {
		this.ready = ready;
	}

	void drain() {
		this.draining = true;
	}

	WorkerReport report() {
		return this.report;
	}

	void report(WorkerReport report) {
		this.report = report;
	}

	/**
	 * Return whether the worker takes part in the cluster.
	 * @return {@code true} between its joining and its leaving
	 */
	boolean isMember() {
		return this.member;
	}

	void member(boolean member) {
		this.member = member;
	}

	/**
	 * Return whether requests of its sessions can be brought to it.
	 * @return {@code true} if it has been ready and its link is open
	 */
	boolean isReachable() {
		return this.ready != null && this.link != null;
	}

	/**
	 * Return whether it may be given something new.
	 * @return {@code true} if it is reachable and does not drain
	 */
	boolean isEligible() {
		return isReachable() && !this.draining;
	}

}
