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
 * nginx that chooses nodes by the addresses of clients.
 */
class NginxAddressIntegrationTests extends StickyBalancerContract {

	@Override
	Balancer start(List<Integer> nodes, int seconds) {
		return Balancer.nginx(Recipe.read("nginx", "address.conf").withNodes(nodes).with("60s", seconds + "s"));
	}

	@Test
	void whatAClientClaimsDoesNotChooseItsNode() throws IOException {
		Browser browser = new Browser(balancer(), address(0));
		String node = browser.handshake().substring(0, 4);
		for (int i = 1; i <= 20; i++) {
			assertThat(browser.handshake("X-Forwarded-For: 203.0.113." + i, "X-Real-IP: 203.0.113." + i))
				.startsWith(node);
		}
	}

	@Test
	void idleConnectionsToNodesEndBeforeNodesCloseThem() throws Exception {
		assertThatIdleConnectionsAreNotUsedAgain();
	}

}
