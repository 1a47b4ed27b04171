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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Times of a cluster. Immutable.
 *
 * @param requestsTimeout how long a request waits for answers if the caller does not say
 * @param heartbeatInterval how often a member that is silent says that it lives
 * @param heartbeatTimeout after how long a silent member is taken for dead
 * @param observer learns of events between members, or {@code null}
 * @since 0.1.0
 */
public record ClusterConfig(Duration requestsTimeout, Duration heartbeatInterval, Duration heartbeatTimeout,
		@Nullable ClusterObserver observer) {

	/**
	 * The reference server's times: 5 s, 5 s, 10 s.
	 */
	public static final ClusterConfig DEFAULT = new ClusterConfig(Duration.ofSeconds(5), Duration.ofSeconds(5),
			Duration.ofSeconds(10));

	/**
	 * Create a configuration without an observer.
	 * @param requestsTimeout how long a request waits for responses
	 * @param heartbeatInterval how often a member that is silent says that it lives
	 * @param heartbeatTimeout after how long a silent member is taken for dead
	 */
	public ClusterConfig(Duration requestsTimeout, Duration heartbeatInterval, Duration heartbeatTimeout) {
		this(requestsTimeout, heartbeatInterval, heartbeatTimeout, null);
	}

	/**
	 * Return the same with an observer.
	 * @param observer learns of events between members, or {@code null}
	 * @return another configuration
	 */
	public ClusterConfig withObserver(@Nullable ClusterObserver observer) {
		return new ClusterConfig(this.requestsTimeout, this.heartbeatInterval, this.heartbeatTimeout, observer);
	}

}
