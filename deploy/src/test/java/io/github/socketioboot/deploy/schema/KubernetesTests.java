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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.socketioboot.docs.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The manifests fit the server's settings and each other.
 */
class KubernetesTests {

	private static final Set<String> ENTRANCES = Set.of("gateway.yaml", "ingress.yaml", "load-balancer.yaml");

	private static final Duration MARGIN = Duration.ofSeconds(5);

	private static final JsonNode DEPLOYMENT = Recipes.document("kubernetes/deployment.yaml");

	private static final JsonNode POD = DEPLOYMENT.at("/spec/template/spec");

	private static final JsonNode CONTAINER = POD.at("/containers/0");

	@Test
	void aPodHasTimeToDrain() {
		Duration phase = Settings.duration("spring.lifecycle.timeout-per-shutdown-phase");
		assertThat(phase).isGreaterThanOrEqualTo(Settings.duration("socketio.drain.timeout").plus(MARGIN));
		Duration preStop = Duration.ofSeconds(CONTAINER.at("/lifecycle/preStop/sleep/seconds").asInt());
		Duration grace = Duration.ofSeconds(POD.path("terminationGracePeriodSeconds").asInt());
		assertThat(preStop).isPositive();
		assertThat(grace).isGreaterThanOrEqualTo(preStop.plus(phase.multipliedBy(2)).plus(MARGIN));
	}

	@Test
	void portsAreThoseOfTheDemo() {
		JsonNode demo = Recipes.document("../demo-app/src/main/resources/application.yml");
		Map<String, String> environment = environment();
		assertThat(ports(CONTAINER.path("ports"), "containerPort"))
			.containsEntry("socketio", demo.at("/socketio/port").asInt())
			.containsEntry("http", demo.at("/server/port").asInt())
			.containsEntry("management", Integer.parseInt(environment.getOrDefault("MANAGEMENT_SERVER_PORT", "0")))
			.hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "startupProbe", "livenessProbe", "readinessProbe" })
	void probesAskThePortOfTheActuator(String probe) {
		JsonNode request = CONTAINER.path(probe).path("httpGet");
		assertThat(request.path("port").asString()).isEqualTo("management");
		assertThat(request.path("path").asString())
			.isEqualTo("readinessProbe".equals(probe) ? "/actuator/health/readiness" : "/actuator/health/liveness");
	}

	@Test
	void noServiceMakesThePortOfTheActuatorPublic() {
		for (String file : List.of("service", "load-balancer")) {
			assertThat(Recipes.document("kubernetes/" + file + ".yaml").at("/spec/ports"))
				.extracting((port) -> port.path("targetPort").asString())
				.containsExactlyInAnyOrder("socketio", "http");
		}
	}

	@Test
	void variablesOfServicesAreNotTakenForSettings() {
		// SOCKETIO_PORT=tcp://10.0.0.1:9092, of a Service that is named socketio
		assertThat(POD.path("enableServiceLinks").asBoolean(true)).isFalse();
	}

	@Test
	void anEnvironmentHasNamesOfSettings() {
		Set<String> names = new TreeSet<>(environment().keySet());
		assertThat(names).contains("SOCKETIO_CLUSTER_ADAPTER", "SPRING_DATA_REDIS_HOST", "SOCKETIO_CLUSTER_INSTANCES");
		names.removeAll(Set.of("JAVA_TOOL_OPTIONS", "CHAT_PUBLICPORT"));
		assertThat(Settings.variables()).containsAll(names);
	}

	@Test
	void redisIsFoundByItsName() {
		List<JsonNode> redis = Recipes.documents("kubernetes/redis.yaml");
		assertThat(redis).extracting((document) -> document.path("kind").asString())
			.containsExactly("Deployment", "Service");
		assertThat(redis.get(1).at("/metadata/name").asString()).isEqualTo(environment().get("SPRING_DATA_REDIS_HOST"));
		assertThat(redis.get(1).at("/spec/selector")).isEqualTo(redis.get(0).at("/spec/template/metadata/labels"));
	}

	@Test
	void selectorsFindThePods() {
		JsonNode labels = DEPLOYMENT.at("/spec/template/metadata/labels");
		assertThat(DEPLOYMENT.at("/spec/selector/matchLabels")).isEqualTo(labels);
		assertThat(POD.at("/topologySpreadConstraints/0/labelSelector/matchLabels")).isEqualTo(labels);
		assertThat(Recipes.document("kubernetes/service.yaml").at("/spec/selector")).isEqualTo(labels);
		assertThat(Recipes.document("kubernetes/load-balancer.yaml").at("/spec/selector")).isEqualTo(labels);
		assertThat(Recipes.document("kubernetes/pod-disruption-budget.yaml").at("/spec/selector/matchLabels"))
			.isEqualTo(labels);
	}

	@Test
	void podsHaveNoRightsThatTheyDoNotNeed() {
		for (JsonNode pod : List.of(POD, Recipes.documents("kubernetes/redis.yaml").get(0).at("/spec/template/spec"))) {
			assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean(false)).isTrue();
			assertThat(pod.at("/securityContext/seccompProfile/type").asString("")).isEqualTo("RuntimeDefault");
			assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
			JsonNode container = pod.at("/containers/0/securityContext");
			assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
			assertThat(container.path("readOnlyRootFilesystem").asBoolean(false)).isTrue();
			assertThat(container.at("/capabilities/drop/0").asString("")).isEqualTo("ALL");
		}
		// The web server writes there
		assertThat(CONTAINER.at("/volumeMounts/0/mountPath").asString("")).isEqualTo("/tmp");
	}

	@Test
	void anAutoscalerOwnsTheNumberOfPods() {
		JsonNode autoscaler = Recipes.document("kubernetes/autoscaler.yaml");
		assertThat(autoscaler.at("/spec/scaleTargetRef/name")).isEqualTo(DEPLOYMENT.at("/metadata/name"));
		assertThat(autoscaler.at("/spec/scaleTargetRef/apiVersion")).isEqualTo(DEPLOYMENT.path("apiVersion"));
		assertThat(autoscaler.at("/spec/minReplicas").asInt()).isGreaterThanOrEqualTo(3);
		assertThat(DEPLOYMENT.at("/spec/replicas").isMissingNode()).isTrue();
		// A share of what is requested
		assertThat(CONTAINER.at("/resources/requests/cpu").asString()).isNotEmpty();
	}

	@Test
	void onlyTheServiceWithoutAProxyGoesByAddress() {
		assertThat(Recipes.document("kubernetes/service.yaml").at("/spec/sessionAffinity").isMissingNode()).isTrue();
		JsonNode direct = Recipes.document("kubernetes/load-balancer.yaml").path("spec");
		assertThat(direct.path("sessionAffinity").asString()).isEqualTo("ClientIP");
		assertThat(direct.path("externalTrafficPolicy").asString()).isEqualTo("Local");
		assertThat(Duration.ofSeconds(direct.at("/sessionAffinityConfig/clientIP/timeoutSeconds").asInt()))
			.isGreaterThan(Settings.silence());
	}

	@Test
	void anIngressKeepsClientsOnTheirPodsAndWaitsForPolls() {
		JsonNode annotations = Recipes.document("kubernetes/ingress.yaml").at("/metadata/annotations");
		assertThat(annotation(annotations, "affinity")).isEqualTo("cookie");
		assertThat(annotation(annotations, "affinity-mode")).isEqualTo("persistent");
		assertThat(annotation(annotations, "session-cookie-change-on-failure")).isEqualTo("true");
		assertThat(annotation(annotations, "session-cookie-path")).isEqualTo(Settings.value("socketio.path"));
		for (String timeout : List.of("proxy-read-timeout", "proxy-send-timeout")) {
			assertThat(Settings.seconds(annotation(annotations, timeout))).as(timeout)
				.isGreaterThan(Settings.silence().plus(MARGIN));
		}
		String body = annotation(annotations, "proxy-body-size");
		assertThat(body).endsWith("m");
		assertThat(DataSize.ofMegabytes(Long.parseLong(body.substring(0, body.length() - 1))))
			.isGreaterThanOrEqualTo(Settings.size("socketio.max-payload"));
		assertThat(annotations.propertyNames()).noneMatch((name) -> name.contains("snippet"));
	}

	@Test
	void aGatewayKeepsClientsOnTheirPodsAndWaitsForPolls() {
		JsonNode route = Recipes.documents("kubernetes/gateway.yaml").get(1);
		JsonNode rule = route.at("/spec/rules/0");
		assertThat(rule.at("/matches/0/path/value").asString()).isEqualTo(Settings.value("socketio.path"));
		assertThat(rule.at("/sessionPersistence/type").asString()).isEqualTo("Cookie");
		assertThat(rule.at("/timeouts/request").asString()).isEqualTo("0s");
		assertThat(rule.at("/timeouts/backendRequest").asString()).isEqualTo("0s");
		JsonNode gateway = Recipes.documents("kubernetes/gateway.yaml").get(0);
		assertThat(route.at("/spec/parentRefs/0/name")).isEqualTo(gateway.at("/metadata/name"));
		assertThat(route.at("/spec/parentRefs/0/sectionName")).isEqualTo(gateway.at("/spec/listeners/0/name"));
	}

	@Test
	void waysIntoTheClusterLeadToPortsOfTheService() {
		JsonNode service = Recipes.document("kubernetes/service.yaml");
		Map<String, Integer> ports = ports(service.at("/spec/ports"), "port");
		List<JsonNode> backends = new ArrayList<>();
		for (JsonNode path : Recipes.document("kubernetes/ingress.yaml").at("/spec/rules/0/http/paths")) {
			backends.add(path.at("/backend/service"));
			assertThat(ports).containsKey(path.at("/backend/service/port/name").asString());
		}
		for (JsonNode rule : Recipes.documents("kubernetes/gateway.yaml").get(1).at("/spec/rules")) {
			backends.add(rule.at("/backendRefs/0"));
			assertThat(ports).containsValue(rule.at("/backendRefs/0/port").asInt());
		}
		assertThat(backends).hasSize(4)
			.extracting((backend) -> backend.path("name"))
			.containsOnly(service.at("/metadata/name"));
	}

	@Test
	void theKustomizationHasAllThatBelongsTogether() {
		JsonNode kustomization = Recipes.document("kubernetes/kustomization.yaml");
		List<String> resources = new ArrayList<>();
		kustomization.path("resources").forEach((resource) -> resources.add(resource.asString()));
		Set<String> files = new TreeSet<>(Recipes.names("kubernetes"));
		files.removeAll(Set.of("README.md", "kustomization.yaml"));
		assertThat(files).containsAll(resources).containsAll(ENTRANCES);
		assertThat(resources).filteredOn(ENTRANCES::contains).hasSize(1);
		files.removeAll(ENTRANCES);
		assertThat(resources).containsAll(files);
		String image = CONTAINER.path("image").asString();
		assertThat(image).isEqualTo(
				kustomization.at("/images/0/name").asString() + ":" + kustomization.at("/images/0/newTag").asString());
	}

	private static Map<String, String> environment() {
		Map<String, String> environment = new TreeMap<>();
		for (JsonNode variable : CONTAINER.path("env")) {
			environment.put(variable.path("name").asString(), variable.path("value").asString(""));
		}
		return environment;
	}

	private static Map<String, Integer> ports(JsonNode ports, String number) {
		Map<String, Integer> found = new TreeMap<>();
		ports.forEach((port) -> found.put(port.path("name").asString(), port.path(number).asInt()));
		return found;
	}

	private static String annotation(JsonNode annotations, String name) {
		return annotations.path("nginx.ingress.kubernetes.io/" + name).asString();
	}

}
