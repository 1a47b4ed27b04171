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

package io.github.socketioboot.autoconfigure.endpoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.github.socketioboot.autoconfigure.cluster.Hosts;
import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.link.LinkFrame.Command.Action;
import io.github.socketioboot.cluster.link.LinkFrame.CommandResult;
import io.github.socketioboot.cluster.local.Worker;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class SocketIoEndpointIntegrationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	private final Worker worker = Mockito.mock(Worker.class);

	private @Nullable ConfigurableApplicationContext context;

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	void singleProcessIsShown() throws Exception {
		start(null, "unrestricted");
		JsonNode shown = get();
		assertThat(shown.at("/server/role").asString()).isEqualTo("single");
		assertThat(shown.at("/server/port").asInt()).isPositive();
		assertThat(shown.at("/namespaces").has("/")).isTrue();
		assertThat(shown.has("workers")).isFalse();
	}

	@Test
	void workerShowsTheHost() throws Exception {
		startWorker();
		JsonNode shown = get();
		assertThat(shown.at("/server/role").asString()).isEqualTo("worker");
		assertThat(shown.at("/instances").asInt()).isEqualTo(3);
		assertThat(shown.at("/primary/pid").asInt()).isEqualTo(99);
		assertThat(shown.at("/reload/id").asInt()).isEqualTo(3);
		assertThat(shown.at("/reload/state").asString()).isEqualTo("aborted");
		assertThat(shown.at("/reload/reason").asString()).isEqualTo("worker 1 ended");
		assertThat(shown.at("/workers")).hasSize(2);
		JsonNode second = shown.at("/workers/1");
		assertThat(second.path("index").asInt()).isEqualTo(1);
		assertThat(second.path("pid").asInt()).isEqualTo(101);
		assertThat(second.path("state").asString()).isEqualTo("backoff");
		assertThat(second.path("sockets").asInt()).isEqualTo(3);
		assertThat(second.path("restarts").asInt()).isEqualTo(1);
		assertThat(second.path("uptime").asLong()).isGreaterThanOrEqualTo(5000);
		assertThat(shown.at("/namespaces/~1/clusterSockets").asInt()).isEqualTo(3);
	}

	@Test
	void reloadAnswersWithItsId() throws Exception {
		startWorker();
		answer(Action.RELOAD, 0, new CommandResult(1, true, 4, ""));
		HttpResponse<String> response = post("reload", null);
		assertThat(response.statusCode()).isEqualTo(202);
		assertThat(read(response).path("id").asInt()).isEqualTo(4);
		assertThat(post("reload", "{}").statusCode()).isEqualTo(202);
	}

	@Test
	void numbersArePassedOn() throws Exception {
		startWorker();
		answer(Action.SCALE, 5, new CommandResult(1, true, 5, "scaling"));
		answer(Action.RESTART, 1, new CommandResult(2, true, 0, "restarting"));
		assertThat(read(post("scale", "{\"instances\":5}")).path("instances").asInt()).isEqualTo(5);
		assertThat(read(post("restart", "{\"index\":1}")).path("index").asInt()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			scale   | {}
			scale   | {"instances":0}
			scale   | {"instances":1025}
			scale   | {"instances":"many"}
			restart | {}
			restart | {"index":-1}
			""")
	void badNumbersAreRefused(String order, String body) throws Exception {
		startWorker();
		assertThat(post(order, body).statusCode()).isEqualTo(400);
		Mockito.verify(this.worker, Mockito.never()).command(Mockito.any(), Mockito.anyInt());
	}

	@Test
	void refusalOfThePrimaryIsToldWithItsReason() throws Exception {
		startWorker();
		answer(Action.RESTART, 7, new CommandResult(1, false, 0, "There is no worker 7"));
		HttpResponse<String> response = post("restart", "{\"index\":7}");
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(read(response).path("error").asString()).isEqualTo("There is no worker 7");
	}

	@Test
	void silenceOfThePrimaryIsTold() throws Exception {
		startWorker();
		Mockito.when(this.worker.command(Action.RELOAD, 0))
			.thenReturn(CompletableFuture.failedFuture(new ClusterUnreachableException("gone")));
		assertThat(post("reload", null).statusCode()).isEqualTo(503);
	}

	@Test
	void hostIsDrainedByThePrimary() throws Exception {
		startWorker();
		answer(Action.DRAIN, 0, new CommandResult(1, true, 0, "draining"));
		assertThat(post("drain", null).statusCode()).isEqualTo(202);
	}

	@Test
	void singleProcessDrainsAndKnowsNoOtherOrder() throws Exception {
		start(null, "unrestricted");
		assertThat(post("scale", "{\"instances\":2}").statusCode()).isEqualTo(409);
		assertThat(post("restart", "{\"index\":0}").statusCode()).isEqualTo(409);
		HttpResponse<String> refused = post("reload", null);
		assertThat(refused.statusCode()).isEqualTo(409);
		assertThat(read(refused).path("error").asString()).contains("'socketio.cluster.instances'");
		assertThat(post("nonsense", null).statusCode()).isEqualTo(404);
		assertThat(server().isReady()).isTrue();
		assertThat(post("drain", null).statusCode()).isEqualTo(202);
		assertThat(server().isReady()).isFalse();
		assertThat(get().at("/server/draining").asBoolean()).isTrue();
	}

	@Test
	void ordersNeedUnrestrictedAccess() throws Exception {
		start(() -> this.worker, null);
		assertThat(get().path("server").path("role").asString()).isEqualTo("worker");
		assertThat(post("reload", null).statusCode()).isIn(404, 405);
		assertThat(post("drain", "{}").statusCode()).isIn(404, 405);
		Mockito.verify(this.worker, Mockito.never()).command(Mockito.any(), Mockito.anyInt());
	}

	private void startWorker() {
		start(() -> this.worker, "unrestricted");
	}

	private void answer(Action action, int argument, CommandResult result) {
		Mockito.when(this.worker.command(action, argument)).thenReturn(CompletableFuture.completedFuture(result));
	}

	private void start(@Nullable Supplier<Worker> worker, @Nullable String access) {
		Mockito.when(this.worker.identity()).thenReturn(Hosts.IDENTITY);
		Mockito.when(this.worker.host()).thenReturn(Hosts.host(3, false, WorkerState.READY, WorkerState.BACKOFF));
		SpringApplicationBuilder builder = new SpringApplicationBuilder(Application.class).properties("socketio.port=0",
				"socketio.host=127.0.0.1", "server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
				"server.shutdown=immediate", "management.endpoints.web.exposure.include=socketio");
		if (access != null) {
			builder.properties("management.endpoint.socketio.access=" + access);
		}
		if (worker != null) {
			builder.initializers((GenericApplicationContext context) -> context.registerBean(Worker.class, worker));
		}
		this.context = builder.run();
	}

	private EngineSocketIOServer server() {
		assertThat(this.context).isNotNull();
		return this.context.getBean(EngineSocketIOServer.class);
	}

	private JsonNode get() throws Exception {
		HttpResponse<String> response = send(HttpRequest.newBuilder(uri("")).build());
		assertThat(response.statusCode()).isEqualTo(200);
		return read(response);
	}

	private HttpResponse<String> post(String order, @Nullable String body) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri("/" + order));
		if (body == null) {
			return send(request.POST(HttpRequest.BodyPublishers.noBody()).build());
		}
		return send(request.POST(HttpRequest.BodyPublishers.ofString(body))
			.header("Content-Type", "application/json")
			.build());
	}

	private URI uri(String path) {
		assertThat(this.context).isNotNull();
		int port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return URI.create("http://127.0.0.1:" + port + "/actuator/socketio" + path);
	}

	private HttpResponse<String> send(HttpRequest request) throws Exception {
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static JsonNode read(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
