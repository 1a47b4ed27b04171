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

package io.github.socketioboot.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.socketioboot.demo.cluster.HttpConnection.Answer;
import io.github.socketioboot.demo.cluster.PollingSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Apache httpd that sets a cookie.
 */
class HttpdIntegrationTests extends StickyBalancerContract {

	private static final Pattern MODULES = Pattern.compile("^sudo a2enmod (.+)$", Pattern.MULTILINE);

	@Override
	Balancer start(List<Integer> nodes, int seconds) {
		Recipe recipe = Recipe.read("httpd", "socketio.conf")
			.withNodes(nodes)
			.with("Timeout 60", "Timeout " + seconds)
			.with("timeout=60", "timeout=" + seconds)
			.with("ttl=60", "ttl=" + seconds);
		return Balancer.httpd(recipe, modules());
	}

	/**
	 * Return the modules that the page enables.
	 */
	private static List<String> modules() {
		try {
			Matcher matcher = MODULES.matcher(Files.readString(Path.of("httpd", "README.md")));
			assertThat(matcher.find()).isTrue();
			return List.of(matcher.group(1).split(" "));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The first handshake that comes to a node that drains is refused; whoever tries
	 * again is served by another.
	 */
	@Override
	void assertThatNewClientsAreServed(Browser browser) throws IOException {
		Answer answer = browser.get(PollingSession.HANDSHAKE);
		if (answer.status() == 503) {
			super.assertThatNewClientsAreServed(browser);
		}
		else {
			browser.leave(PollingSession.sid(answer));
		}
	}

	@Test
	void idleConnectionsToNodesEndBeforeNodesCloseThem() throws Exception {
		assertThatIdleConnectionsAreNotUsedAgain();
	}

	@Test
	void theCookieForPagesOfOtherSitesHasWhatBrowsersWant() throws IOException {
		Recipe recipe = Recipe.read("httpd", "socketio.conf");
		String crossSite = "Path=/socket.io/; HttpOnly; Secure; SameSite=None; Partitioned";
		assertThat(recipe.toString()).contains(crossSite);
		Recipe changed = recipe.with("Path=/socket.io/; HttpOnly; SameSite=Lax", crossSite);
		assertThatCookieCrossesSites((nodes) -> Balancer.httpd(changed.withNodes(nodes), modules()), "SOCKETIO_NODE");
	}

}
