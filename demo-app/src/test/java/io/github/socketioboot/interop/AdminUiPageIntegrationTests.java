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
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The page of the official Admin UI at our server, in Chromium.
 */
class AdminUiPageIntegrationTests {

	private static final Path PAGE = Path.of("src", "test", "js", "node_modules", "@socket.io", "admin-ui", "ui",
			"dist");

	/**
	 * Of the password "changeit".
	 */
	private static final String HASH = "$2a$04$Q5AhoxqFPNOLM/XpTn5ftO5vpAYzeilTUiIP9SYyoOAiUPFzKwSHO";

	/**
	 * Browsers open connections beforehand, each of which would hold up a single thread.
	 */
	private final ExecutorService threads = Executors.newCachedThreadPool();

	@TestFactory
	List<DynamicTest> pageShowsTheServer() throws IOException {
		BrowserProgram.assumeAvailable();
		HttpServer pages = servePage();
		String page = "http://localhost:" + pages.getAddress().getPort();
		try (ConfigurableApplicationContext production = start(page, "--socketio.admin.server-id=prod-1");
				ConfigurableApplicationContext development = start(page, "--socketio.admin.mode=development");
				ConfigurableApplicationContext commanded = start(page, "--socketio.admin.mode=development",
						"--socketio.admin.read-only=false")) {
			return BrowserProgram.run("admin-ui.js", page + "/index.html", address(production), address(development),
					address(commanded));
		}
		finally {
			pages.stop(0);
			this.threads.shutdownNow();
		}
	}

	private HttpServer servePage() throws IOException {
		HttpServer pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		pages.setExecutor(this.threads);
		pages.createContext("/", (exchange) -> {
			try (exchange) {
				Path file = PAGE.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
				if (!file.startsWith(PAGE) || !Files.isRegularFile(file)) {
					exchange.sendResponseHeaders(404, -1);
					return;
				}
				String type = URLConnection.guessContentTypeFromName(file.toString());
				exchange.getResponseHeaders()
					.set("Content-Type", file.toString().endsWith(".js") ? "text/javascript"
							: file.toString().endsWith(".css") ? "text/css" : String.valueOf(type));
				byte[] bytes = Files.readAllBytes(file);
				exchange.sendResponseHeaders(200, bytes.length);
				exchange.getResponseBody().write(bytes);
			}
		});
		pages.start();
		return pages;
	}

	static ConfigurableApplicationContext start(String page, String... settings) {
		List<String> arguments = new ArrayList<>(List.of("--spring.config.name=none", "--socketio.port=0",
				"--socketio.host=127.0.0.1", "--server.shutdown=immediate", "--socketio.admin.enabled=true",
				"--socketio.admin.username=admin", "--socketio.admin.password=" + HASH,
				"--socketio.cors.allowed-origins=" + page, "--socketio.cors.allow-credentials=true"));
		arguments.addAll(List.of(settings));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new));
	}

	static String address(ConfigurableApplicationContext server) {
		return "http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.socketio.port");
	}

	/**
	 * An application without anything.
	 */
	@EnableAutoConfiguration
	static class Application {

	}

}
