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

import java.nio.file.Path;
import java.time.Duration;

import io.github.socketioboot.autoconfigure.EngineSettings;
import io.github.socketioboot.autoconfigure.InvalidPropertyException;
import io.github.socketioboot.autoconfigure.SocketIoProperties;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.primary.PrimaryConfig;
import io.github.socketioboot.cluster.primary.PrimaryConfig.HandOff;
import io.github.socketioboot.cluster.primary.PrimaryConfig.LoadBalancing;
import io.github.socketioboot.cluster.primary.PrimaryConfig.PublicAddress;
import io.github.socketioboot.cluster.primary.PrimaryConfig.Routing;
import io.github.socketioboot.engine.netty.EngineServer;
import io.github.socketioboot.engine.netty.ServerConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The configuration of the application as settings of a primary.
 */
final class PrimarySettings {

	/**
	 * How long a connection waits when no worker is ready: about as long as it takes to
	 * start one.
	 */
	private static final Duration WORKER_TIMEOUT = Duration.ofSeconds(5);

	private PrimarySettings() {
	}

	/**
	 * Check the configuration and map it. All of it is checked, so that mistakes show
	 * here once and not in each worker.
	 * @param environment environment of the application
	 * @param type type of the application, as its class path has it
	 * @param properties the properties
	 * @return the settings
	 * @throws InvalidPropertyException if a value cannot be worked with
	 */
	static PrimaryConfig of(ConfigurableEnvironment environment, @Nullable WebApplicationType type,
			SocketIoProperties properties) {
		ClusterSettings settings = ClusterSettings.of(properties, Runtime.getRuntime().availableProcessors());
		ServerConfig server = EngineSettings
			.of(properties, ConfiguredSslBundles.of(environment, properties.ssl().bundle()))
			.server();
		SocketIoProperties.Cluster cluster = properties.cluster();
		SharedHttpPorts ports = cluster.local().shareHttpPorts() ? SharedHttpPorts.of(environment, type)
				: SharedHttpPorts.NONE;
		return new PrimaryConfig(Path.of(System.getProperty("java.io.tmpdir")),
				new PublicAddress(server.host(), server.port(), "socketio.port"), ports.server(), ports.management(),
				Routing.valueOf(cluster.routing().name()), LoadBalancing.valueOf(cluster.loadBalancing().name()),
				server.forwarding(), handOff(cluster), settings.headTimeout(), settings.maxHeadSize(),
				server.limits().idleTimeout(), WORKER_TIMEOUT, server.healthPath(), server.sslContext(),
				LinkConfig.DEFAULT, settings.cluster().heartbeatInterval(), settings.cluster().heartbeatTimeout(),
				settings.supervisor());
	}

	private static HandOff handOff(SocketIoProperties.Cluster cluster) {
		HandOff handOff = HandOff.valueOf(cluster.local().handoff().name());
		if (handOff == HandOff.DESCRIPTOR && !EngineServer.isDescriptorCapable()) {
			throw new InvalidPropertyException("socketio.cluster.local.handoff", "descriptor",
					"cannot be done without Netty's native transport, which is missing or not made for this platform",
					"Set 'socketio.cluster.local.handoff' to auto or proxy, or add the native transport.");
		}
		return handOff;
	}

}
