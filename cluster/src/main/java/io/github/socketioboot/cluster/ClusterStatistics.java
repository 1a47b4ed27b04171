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

package io.github.socketioboot.cluster;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import io.github.socketioboot.cluster.message.ClusterMessageType;

/**
 * What goes on between this node and other members, counted from the start. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ClusterStatistics {

	private final Map<ClusterMessageType, LongAdder> sent = adders();

	private final Map<ClusterMessageType, LongAdder> received = adders();

	private final LongAdder publishFailures = new LongAdder();

	private final LongAdder malformed = new LongAdder();

	private final LongAdder malformedTraces = new LongAdder();

	private final LongAdder foreign = new LongAdder();

	private final LongAdder overflows = new LongAdder();

	private final LongAdder failedRequests = new LongAdder();

	private final LongAdder requests = new LongAdder();

	private final LongAdder requestNanos = new LongAdder();

	private final LongAccumulator maxRequestNanos = new LongAccumulator(Math::max, 0);

	private static Map<ClusterMessageType, LongAdder> adders() {
		Map<ClusterMessageType, LongAdder> adders = new EnumMap<>(ClusterMessageType.class);
		for (ClusterMessageType type : ClusterMessageType.values()) {
			adders.put(type, new LongAdder());
		}
		return adders;
	}

	/**
	 * Count a message that was sent.
	 * @param type its kind
	 */
	public void send(ClusterMessageType type) {
		add(this.sent, type);
	}

	/**
	 * Count a message that has come.
	 * @param type its kind
	 */
	public void receive(ClusterMessageType type) {
		add(this.received, type);
	}

	/**
	 * Count a message that does not reach other members.
	 */
	public void failToPublish() {
		this.publishFailures.increment();
	}

	/**
	 * Count a message that is dropped because it is malformed.
	 */
	public void receiveMalformed() {
		this.malformed.increment();
	}

	void receiveForeign() {
		this.foreign.increment();
	}

	/**
	 * Count a message that is dropped because too many wait.
	 */
	public void overflow() {
		this.overflows.increment();
	}

	void endRequest(long nanos, boolean complete) {
		this.requests.increment();
		this.requestNanos.add(nanos);
		this.maxRequestNanos.accumulate(nanos);
		if (!complete) {
			this.failedRequests.increment();
		}
	}

	private static void add(Map<ClusterMessageType, LongAdder> adders, ClusterMessageType type) {
		LongAdder adder = adders.get(type);
		if (adder != null) {
			adder.increment();
		}
	}

	private static long sum(Map<ClusterMessageType, LongAdder> adders, ClusterMessageType type) {
		LongAdder adder = adders.get(type);
		return (adder != null) ? adder.sum() : 0;
	}

	/**
	 * Return how many messages were sent.
	 * @param type their kind
	 * @return the number
	 */
	public long sent(ClusterMessageType type) {
		return sum(this.sent, type);
	}

	/**
	 * Return how many messages were received.
	 * @param type their kind
	 * @return the number
	 */
	public long received(ClusterMessageType type) {
		return sum(this.received, type);
	}

	/**
	 * Return how many messages could not be sent.
	 * @return the number
	 */
	public long publishFailures() {
		return this.publishFailures.sum();
	}

	/**
	 * Count a message that is delivered without the trace that it brings along, as that
	 * is malformed.
	 */
	void receiveMalformedTrace() {
		this.malformedTraces.increment();
	}

	/**
	 * Return how many messages were delivered without the trace that they brought along,
	 * as that was malformed.
	 * @return the count since the start
	 */
	public long malformedTraces() {
		return this.malformedTraces.sum();
	}

	/**
	 * Return how many messages were dropped because they were malformed or could not be
	 * handled.
	 * @return the number
	 */
	public long malformed() {
		return this.malformed.sum();
	}

	/**
	 * Return how many messages were for namespaces that this node does not have.
	 * @return the number
	 */
	public long foreign() {
		return this.foreign.sum();
	}

	/**
	 * Return how many messages were dropped because this node could not follow.
	 * @return the number
	 */
	public long overflows() {
		return this.overflows.sum();
	}

	/**
	 * Return how many requests of this node have ended.
	 * @return the number
	 */
	public long requests() {
		return this.requests.sum();
	}

	/**
	 * Return how many of the {@link #requests()} have missed responses.
	 * @return the number
	 */
	public long failedRequests() {
		return this.failedRequests.sum();
	}

	/**
	 * Return how long the {@link #requests()} have taken in all.
	 * @return time in nanoseconds
	 */
	public long requestNanos() {
		return this.requestNanos.sum();
	}

	/**
	 * Return how long the longest of the {@link #requests()} has taken.
	 * @return time in nanoseconds
	 */
	public long maxRequestNanos() {
		return this.maxRequestNanos.get();
	}

}
