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

package io.github.socketioboot.starter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.corundumstudio.socketio.annotation.OnEvent;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new project with this starter beside Boot's for resource servers, and one property.
 */
@SpringBootTest(classes = ResourceServerIntegrationTests.Application.class,
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "socketio.port=0")
class ResourceServerIntegrationTests {

	private static final long LIMIT_SECONDS = 60;

	@TempDir
	static Path folder;

	private static RSAKey key;

	@Value("${local.server.port}")
	int webPort;

	@Value("${local.socketio.port}")
	int socketIoPort;

	@DynamicPropertySource
	static void publicKey(DynamicPropertyRegistry registry) throws JOSEException, IOException {
		key = new RSAKeyGenerator(2048).generate();
		String encoded = Base64.getMimeEncoder().encodeToString(key.toRSAPublicKey().getEncoded());
		Path file = Files.writeString(folder.resolve("key.pem"),
				"-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
		registry.add("spring.security.oauth2.resourceserver.jwt.public-key-location", () -> file.toUri().toString());
	}

	@Test
	void oneTokenOpensWebEndpointsAndNamespaces() throws Exception {
		String token = token("ann");
		assertThat(get(token).body()).isEqualTo("ann");
		Socket socket = socket(Map.of("token", token));
		try {
			BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
			socket.connect().emit("who", new Object[0], (Ack) (args) -> answers.add(args[0]));
			assertThat(answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("ann");
		}
		finally {
			socket.close();
		}
	}

	@Test
	void withoutATokenBothAreClosed() throws Exception {
		assertThat(get("none").statusCode()).isEqualTo(401);
		Socket socket = socket(Map.of());
		try {
			BlockingQueue<Object> refusals = new LinkedBlockingQueue<>();
			socket.on(Socket.EVENT_CONNECT_ERROR, (args) -> refusals.add(args[0]));
			socket.connect();
			assertThat(refusals.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isInstanceOfSatisfying(JSONObject.class,
					(refusal) -> assertThat(refusal.optString("message")).isEqualTo("Authentication required"));
		}
		finally {
			socket.close();
		}
	}

	private Socket socket(Map<String, String> auth) {
		return IO.socket(URI.create("http://127.0.0.1:" + this.socketIoPort),
				IO.Options.builder().setForceNew(true).setReconnection(false).setAuth(auth).build());
	}

	private HttpResponse<String> get(String token) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.webPort + "/who"))
			.header("Authorization", "Bearer " + token)
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static String token(String subject) throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256),
				new JWTClaimsSet.Builder().subject(subject)
					.expirationTime(Date.from(Instant.now().plusSeconds(3600)))
					.build());
		token.sign(new RSASSASigner(key));
		return token.serialize();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Who.class)
	static class Application {

	}

	/**
	 * Tells web clients and sockets alike who they are.
	 */
	@RestController
	static class Who {

		@OnEvent("who")
		@GetMapping("/who")
		String who() {
			return SecurityContextHolder.getContext().getAuthentication().getName();
		}

	}

}
