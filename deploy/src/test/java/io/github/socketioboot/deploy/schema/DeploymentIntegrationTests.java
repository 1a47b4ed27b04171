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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.interop.Prerequisite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo runs with the variables of the Deployment, and its probes answer.
 */
class DeploymentIntegrationTests {

	private static final JsonNode POD = Recipes.document("kubernetes/deployment.yaml").at("/spec/template/spec");

	private static final JsonNode CONTAINER = POD.at("/containers/0");

	@Test
	void probesAnswerAndAPodEndsInTime(@TempDir Path folder) {
		Prerequisite.require(Files.exists(RecipeProcess.JAR), RecipeProcess.JAR + " is missing");
		int httpPort = FreePort.find();
		int management = FreePort.find();
		try (RedisServer redis = RedisServer.start()) {
			Map<String, String> environment = environment();
			// Those of the test, as pods have addresses of their own and tests have not
			environment.put("SPRING_DATA_REDIS_HOST", redis.host());
			environment.put("SPRING_DATA_REDIS_PORT", Integer.toString(redis.port()));
			environment.put("SOCKETIO_PORT", Integer.toString(FreePort.find()));
			environment.put("SERVER_PORT", Integer.toString(httpPort));
			environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
			try (RecipeProcess pod = RecipeProcess.start(folder, environment,
					List.of(RecipeProcess.JAVA, "-XX:TieredStopAtLevel=1", "-jar", RecipeProcess.JAR.toString()))) {
				for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
					pod.await(management, CONTAINER.path(probe).at("/httpGet/path").asString(), 200);
				}
				JsonNode component = pod.json(management, "/actuator/health").at("/components/socketio/details");
				assertThat(component.path("role").asString("")).as("%s", component).isEqualTo("single");
				assertThat(component.path("adapter").asString("")).as("%s", component).isEqualTo("redis");
				assertThat(component.path("redis").asString("")).as("%s", component).isEqualTo("up");
				// What the page adds to its own host: the port of the gateway
				assertThat(pod.json(httpPort, "/api/endpoint").path("port").asInt()).isEqualTo(443);
				pod.await(httpPort, "/actuator/health", 404);
				// Such as that nothing keeps clients on a server
				assertThat(pod.toString().lines())
					.noneMatch((line) -> line.contains(" WARN ") && line.contains("socketio."));
				pod.signal("TERM");
				assertThat(pod.exitCode()).as("%s", pod).isEqualTo(143);
			}
		}
	}

	private static Map<String, String> environment() {
		Map<String, String> environment = new TreeMap<>();
		for (JsonNode variable : CONTAINER.path("env")) {
			if (variable.has("value")) {
				environment.put(variable.path("name").asString(), variable.path("value").asString());
			}
		}
		return environment;
	}

}
