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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.socketioboot.docs.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Compose file fits nginx's recipe, the Dockerfile and the server's settings.
 */
class ComposeTests {

	private static final Path FILE = Recipes.file("compose/docker-compose.yml");

	private static final JsonNode COMPOSE = Recipes.document("compose/docker-compose.yml");

	private static final List<String> NODES = List.of("node1", "node2", "node3");

	@Test
	void nodesListenWhereTheRecipeOfNginxLooksForThem() {
		String volume = COMPOSE.at("/services/nginx/volumes/0").asString();
		Path recipe = FILE.resolveSibling(volume.substring(0, volume.indexOf(':'))).normalize();
		assertThat(recipe).isEqualTo(Recipes.file("nginx/cookie.conf"));
		String nginx = Recipes.text(recipe);
		for (String node : NODES) {
			assertThat(COMPOSE.at("/services/" + node + "/network_mode").asString()).isEqualTo("service:nginx");
			assertThat(nginx).contains("server 127.0.0.1:" + environment(node, "SOCKETIO_PORT"));
		}
		assertThat(nginx).containsPattern("(?m)^\\s*listen 80;");
		assertThat(COMPOSE.at("/services/nginx/ports/0").asString())
			.isEqualTo("80:" + environment("node1", "CHAT_PUBLICPORT"));
	}

	@Test
	void thePageMayConnect() {
		String port = environment("node1", "SERVER_PORT");
		assertThat(COMPOSE.at("/services/nginx/ports/1").asString()).isEqualTo(port + ":" + port);
		for (String node : NODES) {
			assertThat(environment(node, "SOCKETIO_CORS_ALLOWEDORIGINS")).isEqualTo("http://localhost:" + port);
		}
	}

	@Test
	void anEnvironmentHasNamesOfSettings() {
		for (String node : NODES) {
			Set<String> names = new TreeSet<>(COMPOSE.at("/services/" + node + "/environment").propertyNames());
			names.removeAll(Set.of("JAVA_TOOL_OPTIONS", "CHAT_PUBLICPORT"));
			assertThat(Settings.variables()).containsAll(names);
		}
	}

	@Test
	void nodesFindRedis() {
		for (String node : NODES) {
			assertThat(COMPOSE.path("services").propertyNames()).contains(environment(node, "SPRING_DATA_REDIS_HOST"));
			assertThat(COMPOSE.at("/services/" + node + "/depends_on/redis/condition").asString())
				.isEqualTo("service_healthy");
		}
		assertThat(COMPOSE.at("/services/redis/healthcheck/test").isMissingNode()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "compose", "traefik" })
	void aContainerHasTimeToDrain(String folder) {
		Duration phase = Settings.duration("spring.lifecycle.timeout-per-shutdown-phase");
		List<String> grace = new ArrayList<>();
		for (JsonNode service : Recipes.document(folder + "/docker-compose.yml").path("services")) {
			if (service.path("image").asString().startsWith("registry.example.org/")) {
				grace.add(service.path("stop_grace_period").asString(""));
			}
		}
		assertThat(grace).isNotEmpty()
			.allSatisfy((period) -> assertThat(Settings.seconds(period)).isGreaterThan(phase.multipliedBy(2)));
	}

	@Test
	void theImageIsBuiltFromTheDemo() {
		JsonNode build = COMPOSE.at("/services/node1/build");
		Path context = FILE.resolveSibling(build.path("context").asString()).normalize();
		assertThat(context).isEqualTo(Recipes.file("../demo-app/target").normalize());
		Path dockerfile = context.resolve(build.path("dockerfile").asString()).normalize();
		assertThat(dockerfile).isEqualTo(Recipes.file("compose/Dockerfile"))
			.satisfies((file) -> assertThat(Files.exists(file)).isTrue());
		String image = COMPOSE.at("/services/node1/image").asString();
		assertThat(Recipes.text("compose/Dockerfile")).contains(image);
		assertThat(Recipes.document("traefik/docker-compose.yml").at("/services/node/image").asString())
			.isEqualTo(image);
		assertThat(
				Recipes.document("kubernetes/deployment.yaml").at("/spec/template/spec/containers/0/image").asString())
			.isEqualTo(image);
	}

	private static String environment(String node, String name) {
		return COMPOSE.at("/services/" + node + "/environment/" + name).asString();
	}

}
