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

import java.util.Map;

import io.github.socketioboot.cluster.primary.PrimaryConfig.HttpAddress;
import io.github.socketioboot.cluster.primary.PrimaryConfig.PublicAddress;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The ports of the application's web servers that its processes share. Immutable.
 *
 * @param server port of the application's web server, or {@code null} if there is none
 * @param management port of the management server, or {@code null} if there is none of
 * its own
 */
record SharedHttpPorts(@Nullable HttpAddress server, @Nullable HttpAddress management) {

	static final SharedHttpPorts NONE = new SharedHttpPorts(null, null);

	private static final String MANAGEMENT_SERVER = "org.springframework.boot.actuate.autoconfigure.web.server"
			+ ".ManagementServerProperties";

	private static final int DEFAULT_PORT = 8080;

	/**
	 * Find out what the application will listen on.
	 * @param environment its environment
	 * @param deduced type of the application, as its class path has it
	 * @return the ports
	 */
	static SharedHttpPorts of(Environment environment, @Nullable WebApplicationType deduced) {
		Binder binder = Binder.get(environment);
		WebApplicationType type = binder.bind("spring.main.web-application-type", WebApplicationType.class)
			.orElse((deduced != null) ? deduced : WebApplicationType.NONE);
		if (type == WebApplicationType.NONE) {
			return NONE;
		}
		boolean keepForwarded = keepForwarded(environment);
		Integer serverPort = binder.bind("server.port", Integer.class).orElse(null);
		int port = (serverPort != null) ? serverPort : DEFAULT_PORT;
		HttpAddress server = address(binder, "server", port, keepForwarded);
		Integer managementPort = binder.bind("management.server.port", Integer.class).orElse(null);
		boolean isApart = managementPort != null && (managementPort == 0 || managementPort != port)
				&& ClassUtils.isPresent(MANAGEMENT_SERVER, SharedHttpPorts.class.getClassLoader());
		return new SharedHttpPorts(server, (isApart && managementPort != null)
				? address(binder, "management.server", managementPort, keepForwarded) : null);
	}

	private static @Nullable HttpAddress address(Binder binder, String prefix, int port, boolean keepForwarded) {
		if (port < 0) {
			return null;
		}
		String host = binder.bind(prefix + ".address", String.class).orElse(null);
		return new HttpAddress(new PublicAddress(host, port, prefix + ".port"), isEncrypted(binder, prefix),
				keepForwarded);
	}

	private static boolean isEncrypted(Binder binder, String prefix) {
		Map<String, Object> ssl = binder.bind(prefix + ".ssl", Bindable.mapOf(String.class, Object.class))
			.orElse(Map.of());
		return !ssl.isEmpty() && binder.bind(prefix + ".ssl.enabled", Boolean.class).orElse(true);
	}

	private static boolean keepForwarded(Environment environment) {
		String strategy = Binder.get(environment).bind("server.forward-headers-strategy", String.class).orElse(null);
		if (strategy != null) {
			return !strategy.equalsIgnoreCase("none");
		}
		CloudPlatform platform = CloudPlatform.getActive(environment);
		return platform != null && platform.isUsingForwardHeaders();
	}

}
