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

package io.github.socketioboot.deploy.schema;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.socketioboot.docs.Settings;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Traefik's files are complete, fit the server's settings and say the same in each form.
 * Names of options that no published schema has are held against a list of Traefik's
 * reference.
 */
class TraefikTests {

	private static final Set<String> STATIC_OPTIONS = Set.of("entrypoints.*.address",
			"entrypoints.*.transport.respondingtimeouts.readtimeout",
			"entrypoints.*.transport.respondingtimeouts.writetimeout",
			"entrypoints.*.transport.respondingtimeouts.idletimeout", "providers.file.filename", "providers.file.watch",
			"providers.docker", "providers.docker.exposedbydefault", "serverstransport.forwardingtimeouts.dialtimeout",
			"serverstransport.forwardingtimeouts.responseheadertimeout",
			"serverstransport.forwardingtimeouts.idleconntimeout", "serverstransport.maxidleconnsperhost");

	private static final Set<String> ROUTER_OPTIONS = Set.of("entryPoints", "rule", "service", "priority",
			"middlewares", "tls");

	private static final JsonNode STATIC = Recipes.document("traefik/traefik.yml");

	private static final JsonNode DYNAMIC = Recipes.document("traefik/socketio.yml");

	private static final JsonNode COMPOSE = Recipes.document("traefik/docker-compose.yml");

	private static final JsonNode SERVICE = DYNAMIC.at("/http/services/socketio/loadBalancer");

	private static final JsonNode TRANSPORT = DYNAMIC.at("/http/serversTransports/socketio");

	@Test
	void aRouterLeadsToThreeServers() {
		JsonNode router = DYNAMIC.at("/http/routers/socketio");
		assertThat(router.propertyNames()).isSubsetOf(ROUTER_OPTIONS);
		assertThat(STATIC.path("entryPoints").propertyNames()).contains(router.at("/entryPoints/0").asString());
		assertThat(router.path("rule").asString()).isEqualTo("PathPrefix(`" + Settings.value("socketio.path") + "`)");
		assertThat(DYNAMIC.at("/http/services").propertyNames()).contains(router.path("service").asString());
		assertThat(DYNAMIC.at("/http/serversTransports").propertyNames())
			.contains(SERVICE.path("serversTransport").asString());
		assertThat(SERVICE.path("servers")).hasSize(3)
			.allSatisfy((server) -> assertThat(server.path("url").asString())
				.endsWith(":" + Settings.value("socketio.port")));
	}

	@Test
	void nothingElseStandsInTheFile() {
		assertThat(DYNAMIC.propertyNames()).containsExactly("http");
		assertThat(DYNAMIC.path("http").propertyNames()).containsExactlyInAnyOrder("routers", "services",
				"serversTransports");
	}

	@Test
	void clientsStayOnTheirNode() {
		assertThat(SERVICE.at("/sticky/cookie/path").asString()).isEqualTo(Settings.value("socketio.path"));
		assertThat(SERVICE.at("/healthCheck/path").asString()).isEqualTo(Settings.value("socketio.health-path"));
		assertThat(Settings.seconds(SERVICE.at("/healthCheck/timeout").asString()))
			.isLessThan(Settings.seconds(SERVICE.at("/healthCheck/interval").asString()));
	}

	@Test
	void pollsMayWait() {
		JsonNode timeouts = STATIC.at("/entryPoints/web/transport/respondingTimeouts");
		assertThat(Settings.seconds(timeouts.path("readTimeout").asString())).isGreaterThan(Settings.silence());
		assertThat(Settings.seconds(timeouts.path("idleTimeout").asString())).isGreaterThan(Settings.silence());
		assertThat(Settings.seconds(timeouts.path("writeTimeout").asString())).isZero();
		JsonNode forwarding = TRANSPORT.path("forwardingTimeouts");
		assertThat(Settings.seconds(forwarding.path("responseHeaderTimeout").asString())).isZero();
		assertThat(Settings.seconds(forwarding.path("idleConnTimeout").asString())).isPositive()
			.isLessThan(Settings.duration("socketio.keep-alive-timeout"));
	}

	@Test
	void staticOptionsAreThoseOfTheReference() {
		assertThat(generalized(flat(STATIC))).isSubsetOf(STATIC_OPTIONS);
		assertThat(generalized(commandLine())).isSubsetOf(STATIC_OPTIONS);
	}

	@Test
	void theDynamicFileIsWhereTheStaticOneLooksForIt() {
		assertThat(STATIC.at("/providers/file/filename").asString()).endsWith("/socketio.yml");
	}

	@Test
	void labelsSayWhatTheFileSays() {
		Map<String, String> labels = new TreeMap<>();
		COMPOSE.at("/services/node/labels")
			.properties()
			.forEach((label) -> labels.put(label.getKey(), label.getValue().asString()));
		assertThat(labels.remove("traefik.enable")).isEqualTo("true");
		String port = "traefik.http.services.socketio.loadbalancer.server.port";
		assertThat(labels.remove(port)).isEqualTo(Settings.value("socketio.port"));
		Map<String, String> expected = new TreeMap<>();
		flat(DYNAMIC).forEach((name, value) -> {
			boolean named = !name.contains(".servers") && !name.endsWith(".serverstransport");
			if (named) {
				expected.put("traefik." + name.replaceAll("entrypoints\\.0$", "entrypoints"), value);
			}
		});
		assertThat(labels).isEqualTo(expected);
	}

	@Test
	void argumentsSayWhatTheFilesSay() {
		Map<String, String> arguments = commandLine();
		assertThat(arguments.remove("providers.docker")).isEqualTo("true");
		assertThat(arguments.remove("providers.docker.exposedbydefault")).isEqualTo("false");
		Map<String, String> expected = new TreeMap<>();
		flat(STATIC.path("entryPoints")).forEach((name, value) -> expected.put("entrypoints." + name, value));
		flat(TRANSPORT).forEach((name, value) -> expected.put("serverstransport." + name, value));
		assertThat(arguments).isEqualTo(expected);
	}

	@Test
	void anEnvironmentHasNamesOfSettings() {
		assertThat(Settings.variables()).containsAll(COMPOSE.at("/services/node/environment").propertyNames());
	}

	private static Map<String, String> commandLine() {
		Map<String, String> arguments = new TreeMap<>();
		for (JsonNode argument : COMPOSE.at("/services/traefik/command")) {
			String[] parts = argument.asString().split("=", 2);
			assertThat(parts).as(argument.asString()).hasSize(2);
			arguments.put(parts[0].substring("--".length()), parts[1]);
		}
		return arguments;
	}

	private static Set<String> generalized(Map<String, String> options) {
		Set<String> names = new TreeSet<>();
		options.keySet().forEach((name) -> names.add(name.replaceAll("^entrypoints\\.[a-z]+\\.", "entrypoints.*.")));
		return names;
	}

	/**
	 * Flatten a document to names as labels and arguments have them, in lower case.
	 */
	private static Map<String, String> flat(JsonNode node) {
		Map<String, String> values = new TreeMap<>();
		flatten("", node, values);
		return values;
	}

	private static void flatten(String name, JsonNode node, Map<String, String> values) {
		String prefix = name.isEmpty() ? "" : name + ".";
		if (node.isObject()) {
			node.properties()
				.forEach(
						(entry) -> flatten(prefix + entry.getKey().toLowerCase(Locale.ROOT), entry.getValue(), values));
		}
		else if (node.isArray()) {
			for (int i = 0; i < node.size(); i++) {
				flatten(prefix + i, node.get(i), values);
			}
		}
		else {
			values.put(name, node.asString());
		}
	}

}
