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

package io.github.socketioboot.autoconfigure;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationMetadataTests {

	private static final Pattern ROW = Pattern.compile("^\\| `(socketio\\.[a-z0-9.-]+)` \\| (?:`([^`]*)`)? ?\\|");

	/**
	 * Names and defaults that users rely on.
	 */
	private static final String CONTRACT = """
			socketio.enabled=true
			socketio.host=
			socketio.port=9092
			socketio.path=/socket.io
			socketio.transports=polling,websocket
			socketio.ping-interval=25s
			socketio.ping-timeout=20s
			socketio.upgrade-timeout=10s
			socketio.connect-timeout=45s
			socketio.max-payload=1000000B
			socketio.max-attachments=10
			socketio.compression.websocket=false
			socketio.compression.http=true
			socketio.allow-eio3=false
			socketio.namespaces=/
			socketio.cors.allowed-origins=
			socketio.cors.allowed-origin-patterns=
			socketio.cors.allowed-methods=GET,POST
			socketio.cors.allowed-headers=
			socketio.cors.exposed-headers=
			socketio.cors.allow-credentials=false
			socketio.cors.max-age=0s
			socketio.cookie.name=
			socketio.cookie.path=/
			socketio.cookie.http-only=true
			socketio.cookie.same-site=lax
			socketio.cookie.secure=false
			socketio.cookie.partitioned=false
			socketio.cookie.max-age=
			socketio.ssl.bundle=
			socketio.health-path=/health
			socketio.serve-client=true
			socketio.limits.max-connections=0
			socketio.limits.max-connections-per-address=0
			socketio.limits.handshakes-per-second=0
			socketio.limits.events-per-second=0
			socketio.limits.max-outbound-buffer=16MB
			socketio.limits.max-namespaces-per-connection=64
			socketio.limits.max-rooms-per-socket=1000
			socketio.security.enabled=true
			socketio.security.permit-all=
			socketio.security.token-name=token
			socketio.security.session-cookie=
			socketio.drain.timeout=20s
			socketio.drain.spread=3s
			socketio.mdc.enabled=true
			socketio.mdc.include-user=false
			socketio.keep-alive-timeout=75s
			socketio.trusted-proxies=
			socketio.forwarded-headers=none
			socketio.proxy-protocol=none
			socketio.balancer.affinity=
			socketio.balancer.read-timeout=60s
			socketio.cluster.instances=1
			socketio.cluster.adapter=auto
			socketio.cluster.load-balancing=least-connection
			socketio.cluster.routing=session
			socketio.cluster.requests-timeout=5s
			socketio.cluster.heartbeat-interval=5s
			socketio.cluster.heartbeat-timeout=10s
			socketio.cluster.instance=
			socketio.cluster.local.handoff=auto
			socketio.cluster.local.head-timeout=5s
			socketio.cluster.local.max-head-size=16KB
			socketio.cluster.local.worker-port=
			socketio.cluster.local.listen-timeout=60s
			socketio.cluster.local.kill-timeout=
			socketio.cluster.local.max-memory=
			socketio.cluster.local.jvm-options=
			socketio.cluster.local.env=
			socketio.cluster.local.share-http-ports=true
			socketio.cluster.local.reload.parallel=1
			socketio.cluster.local.reload.on-timeout=abort
			socketio.cluster.local.restart.min-uptime=1s
			socketio.cluster.local.restart.max-unstable=16
			socketio.cluster.local.restart.initial-delay=100ms
			socketio.cluster.local.restart.max-delay=15s
			socketio.cluster.redis.protocol=classic
			socketio.cluster.redis.key=socket.io
			socketio.cluster.redis.publish-on-specific-response-channel=false
			socketio.cluster.redis.subscription-mode=dynamic
			socketio.cluster.redis.fail-fast=false
			socketio.admin.enabled=false
			socketio.admin.namespace=/admin
			socketio.admin.auth=true
			socketio.admin.username=
			socketio.admin.password=
			socketio.admin.read-only=true
			socketio.admin.mode=production
			socketio.admin.server-id=
			socketio.admin.session-lifetime=1d
			""";

	@Test
	void metadataHasNamesAndDefaultsOfTheContract() throws Exception {
		Map<String, String> contract = CONTRACT.lines()
			.map((line) -> line.split("=", 2))
			.collect(Collectors.toMap((parts) -> parts[0], (parts) -> parts[1]));
		assertThat(metadata()).containsExactlyEntriesOf(new TreeMap<>(contract));
	}

	@Test
	void documentationHasNamesAndDefaultsOfTheMetadata() throws Exception {
		Map<String, String> documented = new TreeMap<>();
		for (String line : Files.readAllLines(Path.of("..", "docs", "properties.md"))) {
			Matcher row = ROW.matcher(line);
			if (row.find()) {
				documented.put(row.group(1), (row.group(2) != null) ? row.group(2) : "");
			}
		}
		assertThat(documented).containsExactlyEntriesOf(metadata());
	}

	@Test
	void everyPropertyHasDescriptionAndType() throws Exception {
		for (JsonNode property : read().get("properties")) {
			assertThat(property.path("description").asString()).as(property.get("name").asString())
				.isNotBlank()
				.endsWith(".")
				.doesNotStartWith("The ");
			assertThat(property.path("type").asString()).as(property.get("name").asString()).isNotBlank();
		}
	}

	private static TreeMap<String, String> metadata() throws Exception {
		TreeMap<String, String> properties = new TreeMap<>();
		for (JsonNode property : read().get("properties")) {
			if (!property.get("name").asString().startsWith("socketio.")) {
				continue;
			}
			JsonNode value = property.path("defaultValue");
			String text = value.isArray() ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
					: value.asString("");
			properties.put(property.get("name").asString(), text);
		}
		return properties;
	}

	private static JsonNode read() throws Exception {
		Path metadata = Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");
		try (InputStream in = Files.newInputStream(metadata)) {
			return JsonMapper.shared().readTree(in);
		}
	}

}
