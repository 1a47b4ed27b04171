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

package io.github.socketioboot.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Pages of one site and a server on another, over TLS, with the cookie that balancers go
 * by: what Chromium sends, and what it makes of the answers.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CrossSiteIntegrationTests {

	private static final String PAGE_SITE = "app.example";

	private static final String FOREIGN_SITE = "foreign.example";

	private static final String SERVER_SITE = "io.example";

	private static final String COOKIE = "io";

	private static final String PASSWORD = "changeit";

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final Map<String, Object> POLLING = Map.of("transports", List.of("polling"), "withCredentials",
			true);

	private static final Map<String, Object> WEBSOCKET = Map.of("transports", List.of("websocket"), "withCredentials",
			true);

	private Path keys;

	/**
	 * Browsers open connections beforehand, each of which would hold up a single thread.
	 */
	private final ExecutorService pageThreads = Executors.newCachedThreadPool();

	private HttpsServer pages;

	private NodeProgram browser;

	private SSLContext tls;

	private @Nullable ConfigurableApplicationContext server;

	private @Nullable TlsFront front;

	@BeforeAll
	void start(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
		BrowserProgram.assumeAvailable();
		this.keys = folder.resolve("sites.p12");
		KeyStore store = createKeys();
		this.tls = createTls(store);
		this.pages = servePages(this.tls);
		byte[] key = store.getCertificate("sites").getPublicKey().getEncoded();
		this.browser = NodeProgram.start("cross-site.js", String.valueOf(BrowserProgram.browser()), folder.toString(),
				Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key)),
				String.join(",", PAGE_SITE, FOREIGN_SITE, SERVER_SITE));
	}

	private KeyStore createKeys() throws IOException, InterruptedException, GeneralSecurityException {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "sites", "-keyalg", "EC", "-dname", "CN=" + SERVER_SITE, "-ext",
				"san=dns:%s,dns:%s,dns:%s".formatted(PAGE_SITE, FOREIGN_SITE, SERVER_SITE), "-keystore",
				this.keys.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(keytool.waitFor()).as(said).isZero();
		return KeyStore.getInstance(this.keys.toFile(), PASSWORD.toCharArray());
	}

	private static SSLContext createTls(KeyStore store) throws GeneralSecurityException {
		KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keyManagers.init(store, PASSWORD.toCharArray());
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(keyManagers.getKeyManagers(), null, null);
		return tls;
	}

	/**
	 * Serve the same empty page for every site.
	 */
	private HttpsServer servePages(SSLContext tls) throws IOException {
		HttpsServer pages = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		pages.setExecutor(this.pageThreads);
		pages.setHttpsConfigurator(new HttpsConfigurator(tls));
		byte[] page = "<!DOCTYPE html><title>A page</title>".getBytes(StandardCharsets.UTF_8);
		pages.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "text/html");
			exchange.sendResponseHeaders(200, page.length);
			exchange.getResponseBody().write(page);
			exchange.close();
		});
		pages.start();
		return pages;
	}

	@AfterEach
	void stopServer() throws IOException {
		if (this.front != null) {
			this.front.close();
			this.front = null;
		}
		if (this.server != null) {
			this.server.close();
			this.server = null;
		}
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.answer("end");
			assertThat(this.browser.requireLine().has("end")).isTrue();
			this.browser.close();
		}
		if (this.pages != null) {
			this.pages.stop(0);
		}
		this.pageThreads.shutdownNow();
	}

	@Test
	void pollsWithCookieAndCredentials() {
		startServer(allowing(PAGE_SITE), crossSiteCookie());
		Visit visit = visit(PAGE_SITE, with("options", POLLING), with("echoes", 3));
		visit.assertConnected("polling");
		assertThat(visit.exchanges("preflight")).as("simple requests need none").isEmpty();
		assertThat(visit.polls()).hasSizeGreaterThan(6).allSatisfy((exchange) -> {
			assertThat(exchange.request()).containsEntry("origin", origin(PAGE_SITE));
			assertToldTo(exchange, PAGE_SITE);
		});
		assertThat(visit.polls()).extracting(Exchange::method).contains("GET", "POST");
		assertCookieComesBack(visit, visit.polls());
	}

	@Test
	void asksBeforeWithHeadersOfItsOwn() {
		startServer(allowing(PAGE_SITE), crossSiteCookie(), new String[] { "--socketio.cors.max-age=10m" });
		Map<String, Object> options = new LinkedHashMap<>(POLLING);
		options.put("extraHeaders", Map.of("X-Tenant", "blue"));
		Visit visit = visit(PAGE_SITE, with("options", options));
		visit.assertConnected("polling");
		assertThat(visit.exchanges("preflight")).isNotEmpty().allSatisfy((exchange) -> {
			assertThat(exchange.method()).isEqualTo("OPTIONS");
			assertThat(exchange.status()).isEqualTo(204);
			assertThat(exchange.request()).containsEntry("origin", origin(PAGE_SITE))
				.containsEntry("access-control-request-headers", "x-tenant")
				.doesNotContainKey("cookie");
			assertToldTo(exchange, PAGE_SITE);
			assertThat(exchange.response()).containsEntry("access-control-allow-methods", "GET,POST")
				.containsEntry("access-control-allow-headers", "x-tenant")
				.containsEntry("access-control-max-age", "600");
		});
		assertThat(visit.exchanges("preflight")).extracting(Exchange::askedMethod).contains("GET", "POST");
		assertThat(visit.polls()).allSatisfy((exchange) -> {
			assertThat(exchange.request()).containsEntry("x-tenant", "blue");
			assertToldTo(exchange, PAGE_SITE);
		});
		assertCookieComesBack(visit, visit.polls());
	}

	@Test
	void keepsTheAnswerOfAPreflightRequest() {
		startServer(allowing(PAGE_SITE), new String[] { "--socketio.cors.max-age=10m" });
		Map<String, Object> fetch = Map.of("path", "/socket.io/?EIO=4&transport=polling", "init",
				Map.of("credentials", "include", "headers", Map.of("X-Tenant", "blue")));
		Visit visit = visit(PAGE_SITE, with("fetches", List.of(fetch, fetch)));
		assertThat(visit.fetched()).extracting(Fetched::status).containsExactly(200, 200);
		assertThat(visit.exchanges("fetch")).hasSize(2);
		assertThat(visit.exchanges("preflight")).hasSize(1);
	}

	@Test
	void upgradesWithCookie() throws IOException {
		TlsFront front = startServerBehindFront(allowing(PAGE_SITE), crossSiteCookie());
		Visit visit = visit(PAGE_SITE, with("options", Map.of("withCredentials", true)), with("upgrade", true));
		visit.assertConnected("websocket");
		assertCookieComesBack(visit, visit.polls());
		assertThat(visit.exchanges("websocket")).singleElement().satisfies((exchange) -> {
			assertThat(exchange.status()).isEqualTo(101);
			assertThat(exchange.request()).containsEntry("origin", origin(PAGE_SITE));
			assertThat(exchange.path()).contains("sid=" + visit.sid());
		});
		assertThat(front.upgrades()).singleElement()
			.satisfies((head) -> assertThat(head.lines()).contains("Cookie: " + COOKIE + "=" + visit.sid()));
	}

	@Test
	void opensWebSocketWithTheCookieOfAnEarlierSession() throws IOException {
		TlsFront front = startServerBehindFront(allowing(PAGE_SITE), crossSiteCookie());
		Map<String, Object> poll = Map.of("path", "/socket.io/?EIO=4&transport=polling", "init",
				Map.of("credentials", "include"));
		Visit visit = visit(PAGE_SITE, with("fetchesBefore", List.of(poll)), with("options", WEBSOCKET));
		visit.assertConnected("websocket");
		assertThat(visit.exchanges("websocket")).singleElement().satisfies((exchange) -> {
			assertThat(exchange.status()).isEqualTo(101);
			assertThat(exchange.request()).containsEntry("origin", origin(PAGE_SITE));
		});
		assertThat(visit.exchanges("fetch")).singleElement().satisfies((exchange) -> {
			String cookie = exchange.response().getOrDefault("set-cookie", "").split(";")[0];
			assertThat(cookie).startsWith(COOKIE + "=").doesNotContain(visit.sid());
			assertThat(front.upgrades()).singleElement()
				.satisfies((head) -> assertThat(head.lines()).contains("Cookie: " + cookie));
		});
	}

	@Test
	void partitionedCookieComesBackWhereThoseOfOthersAreBlocked() {
		startServer(allowing(PAGE_SITE), crossSiteCookie(), new String[] { "--socketio.cookie.partitioned=true" });
		Visit visit = visit(PAGE_SITE, with("options", POLLING), with("blockThirdPartyCookies", true));
		visit.assertConnected("polling");
		assertCookieComesBack(visit, visit.polls());
	}

	@Test
	void otherCookiesDoNotComeBackWhereThoseOfOthersAreBlocked() {
		startServer(allowing(PAGE_SITE), crossSiteCookie());
		Visit visit = visit(PAGE_SITE, with("options", POLLING), with("blockThirdPartyCookies", true));
		visit.assertConnected("polling");
		assertNoCookieComesBack(visit);
	}

	@Test
	void laxCookieDoesNotComeBack() {
		startServer(allowing(PAGE_SITE), new String[] { "--socketio.cookie.name=" + COOKIE });
		Visit visit = visit(PAGE_SITE, with("options", POLLING));
		visit.assertConnected("polling");
		assertNoCookieComesBack(visit);
	}

	@Test
	void cookieDoesNotComeBackWithoutCredentials() {
		startServer(allowing(PAGE_SITE), crossSiteCookie());
		Visit visit = visit(PAGE_SITE, with("options", Map.of("transports", List.of("polling"))));
		visit.assertConnected("polling");
		assertNoCookieComesBack(visit);
	}

	@Test
	void refusesPollsOfForeignPages() {
		startServer(allowing(PAGE_SITE), crossSiteCookie());
		Visit visit = visit(FOREIGN_SITE, with("options", POLLING));
		visit.assertRefused("xhr poll error");
		assertThat(visit.polls()).singleElement().satisfies((exchange) -> {
			assertThat(exchange.status()).isEqualTo(403);
			assertThat(exchange.failure()).isEqualTo("MissingAllowOriginHeader");
			assertThat(exchange.response()).containsEntry("vary", "Origin")
				.doesNotContainKeys("access-control-allow-origin", "access-control-allow-credentials", "set-cookie");
		});
	}

	@Test
	void refusesPreflightRequestsOfForeignPages() {
		startServer(allowing(PAGE_SITE), crossSiteCookie());
		Map<String, Object> options = new LinkedHashMap<>(POLLING);
		options.put("extraHeaders", Map.of("X-Tenant", "blue"));
		Visit visit = visit(FOREIGN_SITE, with("options", options));
		visit.assertRefused("xhr poll error");
		assertThat(visit.exchanges("preflight")).singleElement().satisfies((exchange) -> {
			assertThat(exchange.status()).isEqualTo(403);
			assertThat(exchange.response()).doesNotContainKey("access-control-allow-origin");
		});
		assertThat(visit.exchanges("xhr")).as("never sent").extracting(Exchange::status).containsOnly(0);
	}

	@Test
	void refusesWebSocketsOfForeignPages() {
		startServer(allowing(PAGE_SITE), crossSiteCookie());
		Visit visit = visit(FOREIGN_SITE, with("options", WEBSOCKET));
		visit.assertRefused("websocket error");
		assertThat(visit.exchanges("websocket")).singleElement()
			.satisfies((exchange) -> assertThat(exchange.failure()).contains("Unexpected response code: 403"));
	}

	@Test
	void refusesEveryOtherOriginWithoutSettings() {
		startServer();
		visit(PAGE_SITE, with("options", POLLING)).assertRefused("xhr poll error");
		visit(PAGE_SITE, with("options", WEBSOCKET)).assertRefused("websocket error");
	}

	@Test
	void browserRefusesAnyOriginWithCredentials() {
		startServer(new String[] { "--socketio.cors.allowed-origins=*" });
		Visit visit = visit(PAGE_SITE, with("options", POLLING));
		visit.assertRefused("xhr poll error");
		assertThat(visit.polls()).singleElement()
			.satisfies((exchange) -> assertThat(exchange.failure()).isEqualTo("WildcardOriginNotAllowed"));
		visit(PAGE_SITE, with("options", Map.of("transports", List.of("polling")))).assertConnected("polling");
	}

	@Test
	void webSocketsOfAnyOriginBringCookiesAllTheSame() throws IOException {
		TlsFront front = startServerBehindFront(crossSiteCookie(),
				new String[] { "--socketio.cors.allowed-origins=*" });
		Map<String, Object> poll = Map.of("path", "/socket.io/?EIO=4&transport=polling", "init",
				Map.of("credentials", "include"));
		Visit visit = visit(PAGE_SITE, with("fetchesBefore", List.of(poll)), with("options", WEBSOCKET));
		assertThat(visit.fetched()).extracting(Fetched::status).containsExactly(0);
		visit.assertConnected("websocket");
		assertThat(front.upgrades()).singleElement()
			.satisfies((head) -> assertThat(head).contains("Cookie: " + COOKIE));
	}

	@Test
	void doesNotStartWithAnyOriginAndCredentials() {
		assertThatThrownBy(() -> startServer(
				new String[] { "--socketio.cors.allowed-origins=*", "--socketio.cors.allow-credentials=true" }))
			.rootCause()
			.hasMessageContaining("socketio.cors.allowed-origins");
	}

	@Test
	void patternTakesCredentials() {
		startServer(crossSiteCookie(), new String[] { "--socketio.cors.allowed-origin-patterns=https://*.example:[*]",
				"--socketio.cors.allow-credentials=true" });
		Visit visit = visit(PAGE_SITE, with("options", POLLING));
		visit.assertConnected("polling");
		assertThat(visit.polls()).allSatisfy((exchange) -> assertToldTo(exchange, PAGE_SITE));
		assertCookieComesBack(visit, visit.polls());
	}

	private void assertToldTo(Exchange exchange, String site) {
		assertThat(exchange.response()).as("%s", exchange)
			.containsEntry("access-control-allow-origin", origin(site))
			.containsEntry("access-control-allow-credentials", "true")
			.hasEntrySatisfying("vary", (vary) -> assertThat(vary.split(", *")).contains("Origin"));
	}

	private static void assertCookieComesBack(Visit visit, List<Exchange> polls) {
		String cookie = COOKIE + "=" + visit.sid();
		assertThat(polls).hasSizeGreaterThan(2);
		assertThat(polls.get(0).request()).doesNotContainKey("cookie");
		assertThat(polls.get(0).response()).hasEntrySatisfying("set-cookie",
				(header) -> assertThat(header).startsWith(cookie + ";"));
		assertThat(polls.subList(1, polls.size())).allSatisfy((exchange) -> {
			assertThat(exchange.request()).as("%s", exchange).containsEntry("cookie", cookie);
			assertThat(exchange.response()).doesNotContainKey("set-cookie");
		});
	}

	private static void assertNoCookieComesBack(Visit visit) {
		assertThat(visit.polls()).hasSizeGreaterThan(2)
			.allSatisfy((exchange) -> assertThat(exchange.request()).doesNotContainKey("cookie"));
		assertThat(visit.polls().get(0).response()).containsKey("set-cookie");
	}

	private String origin(String site) {
		return "https://" + site + ":" + this.pages.getAddress().getPort();
	}

	private String[] allowing(String site) {
		return new String[] { "--socketio.cors.allowed-origins=" + origin(site),
				"--socketio.cors.allow-credentials=true" };
	}

	private static String[] crossSiteCookie() {
		return new String[] { "--socketio.cookie.name=" + COOKIE, "--socketio.cookie.same-site=none",
				"--socketio.cookie.secure=true" };
	}

	private void startServer(String[]... settings) {
		start(Stream.concat(
				Stream.of("--socketio.ssl.bundle=sites",
						"--spring.ssl.bundle.jks.sites.keystore.location=file:" + this.keys,
						"--spring.ssl.bundle.jks.sites.keystore.password=" + PASSWORD),
				Arrays.stream(settings).flatMap(Arrays::stream)));
	}

	private TlsFront startServerBehindFront(String[]... settings) throws IOException {
		start(Arrays.stream(settings).flatMap(Arrays::stream));
		TlsFront front = new TlsFront(this.tls, port());
		this.front = front;
		return front;
	}

	private void start(Stream<String> settings) {
		List<String> arguments = new ArrayList<>(List.of("--spring.config.name=interop", "--socketio.port=0"));
		settings.forEach(arguments::add);
		this.server = new SpringApplicationBuilder(InteropApplication.class).web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new));
	}

	private int port() {
		assertThat(this.server).isNotNull();
		return this.server.getEnvironment().getRequiredProperty("local.socketio.port", Integer.class);
	}

	private static Map.Entry<String, Object> with(String name, Object value) {
		return Map.entry(name, value);
	}

	@SafeVarargs
	private Visit visit(String site, Map.Entry<String, Object>... wanted) {
		int port = (this.front != null) ? this.front.port() : port();
		Map<String, Object> visit = new LinkedHashMap<>();
		for (Map.Entry<String, Object> setting : wanted) {
			visit.put(setting.getKey(), setting.getValue());
		}
		visit.put("page", origin(site) + "/");
		visit.put("server", "https://" + SERVER_SITE + ":" + port);
		this.browser.answer(MAPPER.writeValueAsString(visit));
		JsonNode told = this.browser.requireLine();
		assertThat(told.path("problem").asString("")).isEmpty();
		return MAPPER.treeToValue(told, Visit.class);
	}

	/**
	 * What became of a visit.
	 *
	 * @param connected whether the client has connected
	 * @param transport the transport in the end, or {@code null}
	 * @param sid the session id, or {@code null}
	 * @param error what the client says, or {@code null}
	 * @param fetched answers to what was fetched besides
	 * @param exchanges what went to the server and came back
	 */
	record Visit(boolean connected, @Nullable String transport, @Nullable String sid, @Nullable String error,
			List<Fetched> fetched, List<Exchange> exchanges) {

		List<Exchange> exchanges(String kind) {
			return this.exchanges.stream().filter((exchange) -> exchange.kind().equals(kind)).toList();
		}

		/**
		 * Return the polls, but for one that the client gave up as it left.
		 */
		List<Exchange> polls() {
			return exchanges("xhr").stream().filter((exchange) -> exchange.status() != 0).toList();
		}

		void assertConnected(String transport) {
			assertThat(this.error).isNull();
			assertThat(this.connected).isTrue();
			assertThat(this.transport).isEqualTo(transport);
		}

		void assertRefused(String error) {
			assertThat(this.connected).isFalse();
			assertThat(this.error).startsWith(error);
			assertThat(this.exchanges).isNotEmpty();
		}

	}

	/**
	 * An answer as the page sees it.
	 *
	 * @param status its status; 0 if the browser keeps it from the page
	 */
	record Fetched(int status) {
	}

	/**
	 * What the browser sent and got.
	 *
	 * @param kind {@code preflight}, {@code xhr}, {@code fetch} or {@code websocket}
	 * @param method the method
	 * @param path path and query
	 * @param status status of the answer; 0 if there is none
	 * @param failure why the browser keeps it from the page, or {@code null}
	 * @param request headers that were sent
	 * @param response headers that came
	 */
	record Exchange(String kind, String method, String path, int status, @Nullable String failure,
			Map<String, String> request, Map<String, String> response) {

		@Nullable String askedMethod() {
			return this.request.get("access-control-request-method");
		}

	}

}
