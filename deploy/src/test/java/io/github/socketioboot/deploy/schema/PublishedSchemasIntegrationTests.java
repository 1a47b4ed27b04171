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

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The recipes fit what Kubernetes, Gateway API, Traefik and Compose have published.
 */
class PublishedSchemasIntegrationTests {

	@SuppressWarnings("NullAway.Init")
	private static PublishedSchemas schemas;

	@BeforeAll
	static void start() {
		schemas = new PublishedSchemas();
	}

	@AfterAll
	static void stop() {
		if (schemas != null) {
			schemas.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "deployment", "service", "load-balancer", "ingress", "gateway", "autoscaler",
			"pod-disruption-budget", "redis" })
	void kubernetesReadsTheManifest(String name) {
		List<JsonNode> documents = Recipes.documents("kubernetes/" + name + ".yaml");
		assertThat(documents).isNotEmpty()
			.allSatisfy((document) -> assertThat(schemas.problems("kubernetes", document)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "compose/docker-compose.yml", "traefik/docker-compose.yml" })
	void composeReadsTheFile(String name) {
		assertThat(schemas.problems("compose", Recipes.document(name))).isEmpty();
	}

	/**
	 * There is no published schema of Traefik's files, but of its Kubernetes resources,
	 * which have the same options under the same names.
	 */
	@Test
	void traefikReadsTheService() {
		assertThat(schemas.problems("traefik:LoadBalancerSpec", traefikService())).isEmpty();
	}

	@Test
	void traefikReadsTheTransport() {
		JsonNode transport = Recipes.document("traefik/socketio.yml").at("/http/serversTransports/socketio");
		assertThat(schemas.problems("traefik:ServersTransportSpec", transport)).isEmpty();
	}

	@Test
	void anUnknownFieldIsRefused() {
		ObjectNode deployment = Recipes.document("kubernetes/deployment.yaml").deepCopy().asObject();
		((ObjectNode) deployment.at("/spec/template/spec")).put("terminationGracePeriod", 75);
		assertThat(schemas.problems("kubernetes", deployment))
			.containsExactly("/spec/template/spec/terminationGracePeriod: unknown field");
		ObjectNode route = Recipes.documents("kubernetes/gateway.yaml").get(1).deepCopy().asObject();
		((ObjectNode) route.at("/spec/rules/0/sessionPersistence")).put("cookie", "chat");
		assertThat(schemas.problems("kubernetes", route))
			.containsExactly("/spec/rules/0/sessionPersistence/cookie: unknown field");
		ObjectNode service = traefikService();
		((ObjectNode) service.at("/sticky/cookie")).put("samesite", "lax");
		assertThat(schemas.problems("traefik:LoadBalancerSpec", service))
			.containsExactly("/sticky/cookie/samesite: unknown field");
		ObjectNode compose = Recipes.document("compose/docker-compose.yml").deepCopy().asObject();
		((ObjectNode) compose.at("/services/node1")).put("stop_graceperiod", "75s");
		assertThat(schemas.problems("compose", compose)).singleElement()
			.asString()
			.contains("additionalProperties", "stop_graceperiod");
	}

	@Test
	void aWrongValueIsRefused() {
		ObjectNode route = Recipes.documents("kubernetes/gateway.yaml").get(1).deepCopy().asObject();
		((ObjectNode) route.at("/spec/rules/0/sessionPersistence")).put("type", "Cookies");
		assertThat(schemas.problems("kubernetes", route)).isNotEmpty();
		ObjectNode service = Recipes.document("kubernetes/load-balancer.yaml").deepCopy().asObject();
		((ObjectNode) service.at("/spec/ports/0")).put("port", "socketio");
		assertThat(schemas.problems("kubernetes", service)).isNotEmpty();
	}

	/**
	 * In Kubernetes the service's name stands where the addresses of the servers stand in
	 * the file.
	 */
	private static ObjectNode traefikService() {
		ObjectNode service = Recipes.document("traefik/socketio.yml")
			.at("/http/services/socketio/loadBalancer")
			.deepCopy()
			.asObject();
		assertThat(service.remove("servers")).isNotNull();
		return service.put("name", "socketio");
	}

}
