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
import java.util.Locale;

import io.github.socketioboot.autoconfigure.InvalidPropertyException;
import io.github.socketioboot.autoconfigure.PropertyChecks;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.autoconfigure.SocketIoProperties.Cluster.Adapter;
import io.github.socketioboot.autoconfigure.SocketIoProperties.Cluster.Local;
import io.github.socketioboot.autoconfigure.SocketIoProperties.Cluster.Local.Handoff;
import io.github.socketioboot.cluster.ClusterConfig;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig.OnTimeout;
import io.github.socketioboot.cluster.supervisor.SupervisorConfig.Restart;

import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * The properties of several processes as the cluster's settings, checked as a whole.
 * Immutable.
 *
 * @param instances how many processes are asked for
 * @param cluster times of the cluster
 * @param supervisor settings of the supervisor
 * @param headTimeout how long the head of a connection's first request may take
 * @param maxHeadSize largest head, in bytes
 * @param workerPort first of the workers' own ports, or 0 for none
 */
record ClusterSettings(Instances instances, ClusterConfig cluster, SupervisorConfig supervisor, Duration headTimeout,
		int maxHeadSize, int workerPort) {

	private static final String ADAPTER = "socketio.cluster.adapter";

	private static final String REDIS_CLASS = "org.springframework.data.redis.connection.RedisConnectionFactory";

	private static final String LOCAL = "socketio.cluster.local.";

	/**
	 * A killed drain is no drain: the process gets this much more time than it takes.
	 */
	private static final Duration KILL_MARGIN = Duration.ofSeconds(5);

	private static final int SMALLEST_HEAD = 1024;

	private static final int LARGEST_HEAD = 1 << 20;

	private static final int LAST_PORT = 65535;

	/**
	 * Check the properties and map them.
	 * @param properties the properties
	 * @param processors number of processors
	 * @return the settings
	 * @throws InvalidPropertyException if a value cannot be worked with
	 */
	static ClusterSettings of(SocketIoProperties properties, int processors) {
		SocketIoProperties.Cluster cluster = properties.cluster();
		Local local = cluster.local();
		Instances instances = Instances.parse(cluster.instances(), processors);
		checkAdapter(cluster, instances);
		checkHandoff(properties);
		return new ClusterSettings(instances, cluster(cluster), supervisor(properties, instances),
				PropertyChecks.positive(LOCAL + "head-timeout", local.headTimeout()), headSize(local.maxHeadSize()),
				workerPort(local, instances));
	}

	private static void checkAdapter(SocketIoProperties.Cluster cluster, Instances instances) {
		Adapter adapter = cluster.adapter();
		String value = adapter.name().toLowerCase(Locale.ROOT);
		if (adapter == Adapter.REDIS) {
			checkRedis(cluster.redis(), value);
		}
		if (adapter == Adapter.NONE && instances.several()) {
			throw new InvalidPropertyException(ADAPTER, value,
					"leaves the processes of '%s', which is %s, without knowledge of each other"
						.formatted(Instances.PROPERTY, cluster.instances()),
					"Remove '%s' or set it to local, or set '%s' to 1.".formatted(ADAPTER, Instances.PROPERTY));
		}
	}

	private static void checkRedis(SocketIoProperties.Cluster.Redis redis, String value) {
		if (!ClassUtils.isPresent(REDIS_CLASS, null)) {
			throw new InvalidPropertyException(ADAPTER, value,
					"needs Spring Data Redis, which is not on the class path",
					"Add spring-boot-starter-data-redis, or set '%s' to auto, local or none.".formatted(ADAPTER));
		}
		PropertyChecks.notBlank("socketio.cluster.redis.key", redis.key(), "socket.io");
	}

	private static void checkHandoff(SocketIoProperties properties) {
		String bundle = properties.ssl().bundle();
		if (properties.cluster().local().handoff() == Handoff.DESCRIPTOR && bundle != null && !bundle.isEmpty()) {
			throw new InvalidPropertyException(LOCAL + "handoff", "descriptor",
					"cannot be done with TLS, which 'socketio.ssl.bundle' asks for",
					"Set '%shandoff' to auto or proxy.".formatted(LOCAL));
		}
	}

	private static ClusterConfig cluster(SocketIoProperties.Cluster cluster) {
		Duration interval = PropertyChecks.positive("socketio.cluster.heartbeat-interval", cluster.heartbeatInterval());
		Duration timeout = PropertyChecks.positive("socketio.cluster.heartbeat-timeout", cluster.heartbeatTimeout());
		if (timeout.compareTo(interval) <= 0) {
			throw new InvalidPropertyException("socketio.cluster.heartbeat-timeout", timeout.toMillis() + "ms",
					"is not longer than 'socketio.cluster.heartbeat-interval', which is " + interval.toMillis() + "ms",
					"Set 'socketio.cluster.heartbeat-timeout' to about twice 'socketio.cluster.heartbeat-interval'.");
		}
		return new ClusterConfig(
				PropertyChecks.positive("socketio.cluster.requests-timeout", cluster.requestsTimeout()), interval,
				timeout);
	}

	private static SupervisorConfig supervisor(SocketIoProperties properties, Instances instances) {
		Local local = properties.cluster().local();
		Duration killTimeout = local.killTimeout();
		DataSize maxMemory = local.maxMemory();
		return new SupervisorConfig(instances.count(),
				PropertyChecks.positive(LOCAL + "listen-timeout", local.listenTimeout()),
				PropertyChecks.positive(LOCAL + "kill-timeout",
						(killTimeout != null) ? killTimeout : properties.drain().timeout().plus(KILL_MARGIN)),
				PropertyChecks.between(LOCAL + "reload.parallel", local.reload().parallel(), 1, Instances.MOST),
				OnTimeout.valueOf(local.reload().onTimeout().name()), restart(local.restart()),
				(maxMemory != null) ? PropertyChecks.size(LOCAL + "max-memory", maxMemory, Long.MAX_VALUE) : 0);
	}

	private static Restart restart(Local.Restart restart) {
		Duration initialDelay = PropertyChecks.positive(LOCAL + "restart.initial-delay", restart.initialDelay());
		Duration maxDelay = PropertyChecks.positive(LOCAL + "restart.max-delay", restart.maxDelay());
		if (maxDelay.compareTo(initialDelay) < 0) {
			throw new InvalidPropertyException(LOCAL + "restart.max-delay", maxDelay.toMillis() + "ms",
					"is shorter than '%srestart.initial-delay', which is %dms".formatted(LOCAL,
							initialDelay.toMillis()),
					"Set '%1$srestart.max-delay' to at least '%1$srestart.initial-delay'.".formatted(LOCAL));
		}
		return new Restart(PropertyChecks.notNegative(LOCAL + "restart.min-uptime", restart.minUptime()),
				PropertyChecks.atLeast(LOCAL + "restart.max-unstable", restart.maxUnstable(), 1), initialDelay,
				maxDelay);
	}

	private static int headSize(DataSize size) {
		String property = LOCAL + "max-head-size";
		if (size.toBytes() < SMALLEST_HEAD || size.toBytes() > LARGEST_HEAD) {
			throw new InvalidPropertyException(property, size, "is out of range",
					"Set '%s' to a size from 1KB to 1MB, with its unit, such as 16KB.".formatted(property));
		}
		return (int) size.toBytes();
	}

	private static int workerPort(Local local, Instances instances) {
		Integer port = local.workerPort();
		return (port != null)
				? PropertyChecks.between(LOCAL + "worker-port", port, 1, LAST_PORT + 1 - instances.count()) : 0;
	}

}
