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
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class SharedHttpPortsTests {

	@Test
	void portOfTheWebServerIsSharedByDefault() {
		assertThat(ports(Map.of())).isEqualTo(
				new SharedHttpPorts(new HttpAddress(new PublicAddress(null, 8080, "server.port"), false, false), null));
	}

	@Test
	void addressesAndPortsAreThoseConfigured() {
		assertThat(ports(Map.of("server.port", "1", "server.address", "127.0.0.1", "management.server.port", "2",
				"management.server.address", "127.0.0.2")))
			.isEqualTo(new SharedHttpPorts(
					new HttpAddress(new PublicAddress("127.0.0.1", 1, "server.port"), false, false),
					new HttpAddress(new PublicAddress("127.0.0.2", 2, "management.server.port"), false, false)));
	}

	@Test
	void managementOnTheServersPortHasNoneOfItsOwn() {
		assertThat(ports(Map.of("server.port", "1", "management.server.port", "1")).management()).isNull();
		assertThat(ports(Map.of("management.server.port", "8080")).management()).isNull();
	}

	@Test
	void anyFreePortIsOnePerServer() {
		assertThat(ports(Map.of("server.port", "0", "management.server.port", "0")).management()).isNotNull();
	}

	@Test
	void serversThatAreOffHaveNoPort() {
		assertThat(ports(Map.of("server.port", "-1", "management.server.port", "-1"))).isEqualTo(SharedHttpPorts.NONE);
	}

	@Test
	void applicationWithoutWebServerHasNoPort() {
		assertThat(ports(Map.of("spring.main.web-application-type", "none"))).isEqualTo(SharedHttpPorts.NONE);
	}

	@Test
	void serverWithTlsIsNotRead() {
		assertThat(server(Map.of("server.ssl.bundle", "web")).encrypted()).isTrue();
		assertThat(server(Map.of("server.ssl.key-store", "a.p12", "server.ssl.enabled", "false")).encrypted())
			.isFalse();
	}

	@Test
	void forwardedHeadersAreKeptForApplicationsThatReadThem() {
		assertThat(server(Map.of("server.forward-headers-strategy", "framework")).keepForwarded()).isTrue();
		assertThat(server(Map.of("server.forward-headers-strategy", "none")).keepForwarded()).isFalse();
		assertThat(server(Map.of("spring.main.cloud-platform", "kubernetes")).keepForwarded()).isTrue();
	}

	private static HttpAddress server(Map<String, Object> properties) {
		HttpAddress server = ports(properties).server();
		assertThat(server).isNotNull();
		return server;
	}

	private static SharedHttpPorts ports(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		ConfigurationPropertySources.attach(environment);
		return SharedHttpPorts.of(environment, WebApplicationType.SERVLET);
	}

}
