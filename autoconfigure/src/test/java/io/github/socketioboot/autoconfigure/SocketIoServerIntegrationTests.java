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
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.handler.SocketIoNamespace;
import io.github.socketioboot.engine.adapter.SocketDetails;
import io.github.socketioboot.engine.session.CloseReason;
import io.github.socketioboot.engine.session.HandshakeDecision;
import io.socket.client.Ack;
import io.socket.client.IO;
import org.awaitility.Awaitility;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

class SocketIoServerIntegrationTests {

	private ConfigurableApplicationContext context;

	private Handlers handlers;

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	void annotatedMethodsServeClients() throws Exception {
		start("server.shutdown=immediate");
		try (TestClient client = TestClient.connect(port())) {
			assertThat(client.event()).containsExactly("welcome", client.socket().id());
			assertThat(client.ask("echo", "text")).containsExactly("text");
			assertThat(client.ask("add", 2, 40)).containsExactly(42);
			assertThat(client.ask("points", new JSONArray("[{\"x\":1},{\"x\":2}]"))).containsExactly(3);
			assertThat(client.ask("answered", "x")).containsExactly("by", "hand");
			JSONObject point = (JSONObject) client.ask("move", new JSONObject(Map.of("x", 1))).get(0);
			assertThat(point.opt("x")).isEqualTo(2);
			assertThat(client.ask("proxied", 1)).containsExactly("proxy 1");
			assertThat(client.ask("agent")).containsExactly(true);
		}
		assertThat(take(this.handlers.left)).isEqualTo(CloseReason.CLIENT_NAMESPACE_DISCONNECT.text());
	}

	@Test
	void handlerThatFailsIsToldToTheExceptionHandler() {
		start("server.shutdown=immediate");
		try (TestClient client = TestClient.connect(port())) {
			client.socket().emit("fail", "x");
			assertThat(take(this.handlers.failures)).isEqualTo("EVENT: on purpose");
			assertThat(client.ask("echo", "still")).containsExactly("still");
		}
	}

	@Test
	void authenticatorDecidesBeforeTheNamespace() throws Exception {
		start("server.shutdown=immediate", "socketio.namespaces=/,/later");
		try (TestClient client = TestClient.begin(port(), "/admin", Map.of("token", "wrong"))) {
			JSONObject refusal = (JSONObject) client.refusal();
			assertThat(refusal.getString("message")).isEqualTo("Who are you?");
			assertThat(refusal.getJSONObject("data").getInt("code")).isEqualTo(7);
		}
		try (TestClient client = TestClient.connect(port(), "/admin", Map.of("token", "secret"))) {
			assertThat(client.ask("who")).containsExactly("ann");
		}
		this.context.getBean(SocketIOServer.class).addNamespace("/added");
		try (TestClient client = TestClient.begin(port(), "/added", Map.of())) {
			assertThat(((JSONObject) client.refusal()).getString("message")).isEqualTo("Who are you?");
		}
	}

	@Test
	void principalIsThatOfTheNamespaceAndStaysOnThisServer() throws Exception {
		start("server.shutdown=immediate");
		try (TestClient root = TestClient.connect(port())) {
			io.socket.client.Socket admin = root.socket()
				.io()
				.socket("/admin", IO.Options.builder().setAuth(Map.of("token", "secret")).build());
			BlockingQueue<String> answers = new LinkedBlockingQueue<>();
			admin.connect().emit("who", new Object[0], (answer) -> answers.add((String) answer[0]));
			assertThat(take(answers)).isEqualTo("ann");
			assertThat(root.ask("nobody")).containsExactly(true);
			SocketIoOperations operations = this.context.getBean(SocketIoOperations.class);
			assertThat(operations.of("/admin").fetchSockets().join()).extracting(SocketDetails::data)
				.containsExactly(Map.of("agent", true));
		}
	}

	@Test
	void interceptorRefusesHandshakes() throws Exception {
		start("server.shutdown=immediate");
		assertThat(get("/socket.io/?EIO=4&transport=polling&banned=1")).startsWith("HTTP/1.1 403")
			.contains("{\"code\":4,\"message\":\"Banned\"}");
		assertThat(get("/socket.io/?EIO=4&transport=polling")).startsWith("HTTP/1.1 200").contains("\"maxPayload\"");
	}

	@ParameterizedTest(name = "trusted: {0}")
	@ValueSource(booleans = { true, false })
	void applicationSeesTheClientBehindATrustedProxyOnly(boolean trusted) throws Exception {
		start("server.shutdown=immediate", "socketio.forwarded-headers=x-forwarded", "socketio.proxy-protocol=optional",
				"socketio.trusted-proxies=" + (trusted ? "127.0.0.0/8" : "192.0.2.0/24"));
		BlockingQueue<HandshakeData> handshakes = new LinkedBlockingQueue<>();
		BlockingQueue<InetSocketAddress> clients = new LinkedBlockingQueue<>();
		this.context.getBean(SocketIOServer.class).addConnectListener((client) -> {
			handshakes.add(client.getHandshakeData());
			clients.add((InetSocketAddress) client.getRemoteAddress());
		});
		String headers = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
				+ "X-Forwarded-Host: www.example.org\r\n";
		String origin = trusted ? "https://www.example.org" : "http://localhost";
		String answer = exchange("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\nOrigin: "
				+ origin + "\r\nConnection: close\r\n" + headers + "\r\n");
		assertThat(answer).startsWith("HTTP/1.1 200");
		String sid = answer.substring(answer.indexOf("\"sid\":\"") + 7).substring(0, 20);
		assertThat(exchange("POST /socket.io/?EIO=4&transport=polling&sid=" + sid
				+ " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n40"))
			.startsWith("HTTP/1.1 200");
		HandshakeData handshake = take(handshakes);
		String expected = trusted ? "203.0.113.9" : "127.0.0.1";
		assertThat(handshake.getAddress().getHostString()).isEqualTo(expected);
		assertThat(take(clients).getHostString()).isEqualTo(expected);
		assertThat(handshake.getHttpHeaders().get("Host")).isEqualTo(trusted ? "www.example.org" : "localhost");
		assertThat(exchange("PROXY TCP4 203.0.113.9 198.51.100.2 4660 443\r\nHEAD /health HTTP/1.0\r\n\r\n"))
			.startsWith(trusted ? "HTTP/1.1 200" : "HTTP/1.1 400");
	}

	@Test
	void operationsReachClients() {
		start("server.shutdown=immediate");
		SocketIoOperations operations = this.context.getBean(SocketIoOperations.class);
		try (TestClient one = TestClient.connect(port()); TestClient two = TestClient.connect(port())) {
			one.event();
			two.event();
			operations.to(one.socket().id()).socketsJoin("room");
			operations.emit("news", 1);
			assertThat(one.event()).containsExactly("news", 1);
			assertThat(two.event()).containsExactly("news", 1);
			operations.to("room").emit("news", 2);
			operations.except("room").emit("news", 3);
			operations.in("room").local().volatile_().emit("news", 4);
			assertThat(one.event()).containsExactly("news", 2);
			assertThat(two.event()).containsExactly("news", 3);
			assertThat(one.event()).containsExactly("news", 4);
			assertThat(operations.fetchSockets().join()).extracting(SocketDetails::id)
				.containsExactlyInAnyOrder(one.socket().id(), two.socket().id());
			assertThat(operations.to("room").fetchSockets().join()).singleElement()
				.satisfies((socket) -> assertThat(socket.rooms()).contains("room"));
			one.socket().on("question", (args) -> ((Ack) args[1]).call("answer " + args[0]));
			assertThat(operations.to("room").timeout(Duration.ofSeconds(20)).emitWithAck("question", 5).join())
				.containsExactly("answer 5");
			operations.to("room").socketsLeave("room");
			assertThat(operations.to("room").fetchSockets().join()).isEmpty();
			assertThat(operations.serverSideEmitWithAck("ping").join()).isEmpty();
			operations.to(two.socket().id()).disconnectSockets(true);
			assertThat(two.disconnection()).isEqualTo("io server disconnect");
		}
	}

	@Test
	void closingTheContextClosesPollingClientsWithoutADisconnect() {
		start("socketio.drain.spread=100ms");
		try (TestClient client = TestClient.connectByPolling(port())) {
			client.event();
			this.context.close();
			assertThat(client.disconnection()).isEqualTo("transport close");
		}
		assertThat(take(this.handlers.left)).isEqualTo(CloseReason.SERVER_SHUTTING_DOWN.text());
	}

	@ParameterizedTest
	@ValueSource(strings = { "graceful", "immediate" })
	void closingTheContextClosesWebSocketsWithoutADisconnect(String shutdown) {
		start("server.shutdown=" + shutdown, "socketio.drain.spread=100ms");
		RawWebSocketClient client = RawWebSocketClient.connect(port());
		client.awaitMessage("42[\"welcome\"");
		this.context.close();
		assertThat(client.messagesUntilClose()).isEmpty();
		assertThat(take(this.handlers.left)).isEqualTo(CloseReason.SERVER_SHUTTING_DOWN.text());
	}

	@Test
	void runningHandlerIsAwaitedByTheDrain() {
		start("socketio.drain.spread=0ms");
		RawWebSocketClient client = RawWebSocketClient.connect(port());
		client.send("42[\"slow\"]");
		assertThat(take(this.handlers.left)).isEqualTo("slow has begun");
		this.context.close();
		assertThat(client.messagesUntilClose()).contains("42[\"slow done\"]")
			.noneMatch((message) -> message.startsWith("41"));
	}

	@Test
	void threadThatIsNoDaemonKeepsTheJvmAliveUntilTheStop() {
		// Contexts of other tests in this JVM may be open
		Set<Thread> before = keepAlives();
		start("server.shutdown=immediate");
		Thread keepAlive = keepAlives().stream().filter((thread) -> !before.contains(thread)).findFirst().orElseThrow();
		assertThat(keepAlive.isDaemon()).isFalse();
		this.context.close();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !keepAlive.isAlive());
	}

	private static Set<Thread> keepAlives() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("socketio-keep-alive"))
			.collect(Collectors.toSet());
	}

	private void start(String... properties) {
		this.context = new SpringApplicationBuilder(Application.class)
			.properties("socketio.port=0", "socketio.host=127.0.0.1", "spring.main.web-application-type=none",
					"spring.main.banner-mode=off", "logging.level.root=warn")
			.properties(properties)
			.run();
		this.handlers = this.context.getBean(Handlers.class);
	}

	private int port() {
		return this.context.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
	}

	private String get(String target) throws Exception {
		return exchange("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
	}

	private String exchange(String request) throws Exception {
		try (Socket socket = new Socket("127.0.0.1", port())) {
			OutputStream out = socket.getOutputStream();
			out.write(request.getBytes(StandardCharsets.US_ASCII));
			InputStream in = socket.getInputStream();
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static <T> T take(BlockingQueue<T> queue) {
		try {
			return queue.poll(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Point(int x) {
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Handlers.class, AdminHandlers.class })
	static class Application {

		@Bean
		ProxiedContract proxied() {
			return (ProxiedContract) new ProxyFactory(new ProxiedHandlers()).getProxy(getClass().getClassLoader());
		}

		@Bean
		SocketIoExceptionHandler exceptionHandler(Handlers handlers) {
			return (exception, client, source) -> handlers.failures.add(source + ": " + exception.getMessage());
		}

		@Bean
		SocketIoHandshakeInterceptor interceptor() {
			return (handshake) -> handshake.query().containsKey("banned") ? HandshakeDecision.refuse("Banned")
					: HandshakeDecision.allow(Map.of("agent", true));
		}

		@Bean
		SocketIoAuthenticator authenticator() {
			return (namespace, auth, handshake) -> {
				if (namespace.equals("/")) {
					return null;
				}
				if (!"secret".equals(auth.get("token"))) {
					throw new SocketIoAuthenticationException("Who are you?", Map.of("code", 7));
				}
				return () -> "ann";
			};
		}

	}

	static class Handlers {

		private final BlockingQueue<String> left = new LinkedBlockingQueue<>();

		private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

		@OnConnect
		void connected(HandshakeData handshake, SocketIOClient client) {
			assertThat(handshake.getUrlParams()).containsKey("EIO");
			client.sendEvent("welcome", client.getSessionId().toString());
		}

		@OnDisconnect
		void disconnected(SocketIOClient client, CloseReason reason) {
			this.left.add(reason.text());
		}

		@OnEvent("echo")
		String echo(String text) {
			return text;
		}

		@OnEvent("add")
		int add(int first, SocketIOClient client, int second) {
			return first + second;
		}

		@OnEvent("points")
		int points(List<Point> points) {
			return points.stream().mapToInt(Point::x).sum();
		}

		@OnEvent("move")
		Point move(Point point) {
			return new Point(point.x() + 1);
		}

		@OnEvent("answered")
		void answered(AckRequest ack, String text) {
			ack.sendAckData("by", "hand");
		}

		@OnEvent("agent")
		boolean agent(SocketIOClient client) {
			return client.get("agent");
		}

		@OnEvent("nobody")
		boolean nobody(@Nullable Principal principal) {
			return principal == null;
		}

		@OnEvent("fail")
		void fail(String text) {
			throw new IllegalStateException("on purpose");
		}

		@OnEvent("slow")
		void slow(SocketIOClient client) throws InterruptedException {
			this.left.add("slow has begun");
			Thread.sleep(500);
			client.sendEvent("slow done");
		}

	}

	@SocketIoNamespace("/admin")
	static class AdminHandlers {

		@OnEvent("who")
		String who(Principal principal) {
			return principal.getName();
		}

	}

	interface ProxiedContract {

		String proxied(int number);

	}

	static class ProxiedHandlers implements ProxiedContract {

		@Override
		@OnEvent("proxied")
		public String proxied(int number) {
			return "proxy " + number;
		}

	}

}
