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
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * nginx that sets a cookie.
 */
class NginxCookieIntegrationTests extends StickyBalancerContract {

	@Override
	Balancer start(List<Integer> nodes, int seconds) {
		return Balancer.nginx(Recipe.read("nginx", "cookie.conf").withNodes(nodes).with("60s", seconds + "s"));
	}

	@Test
	void idleConnectionsToNodesEndBeforeNodesCloseThem() throws Exception {
		assertThatIdleConnectionsAreNotUsedAgain();
	}

	@Test
	void theCookieForPagesOfOtherSitesHasWhatBrowsersWant() throws IOException {
		Recipe recipe = Recipe.read("nginx", "cookie.conf");
		String crossSite = "Path=/socket.io/; HttpOnly; Secure; SameSite=None; Partitioned";
		assertThat(recipe.toString()).contains(crossSite);
		Recipe changed = recipe.with("Path=/socket.io/; HttpOnly; SameSite=Lax", crossSite);
		assertThatCookieCrossesSites((nodes) -> Balancer.nginx(changed.withNodes(nodes)), "socketio_node");
	}

}
