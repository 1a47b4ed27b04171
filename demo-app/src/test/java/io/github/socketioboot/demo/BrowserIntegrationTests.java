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

package io.github.socketioboot.demo;

import java.io.IOException;
import java.util.List;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.interop.BrowserProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two people chat on the demo's page, in Chromium.
 */
class BrowserIntegrationTests {

	@BeforeAll
	static void needBrowser() {
		BrowserProgram.assumeAvailable();
	}

	@TestFactory
	List<DynamicTest> twoPeopleChat() throws IOException {
		// The page's origin stands in the settings, so that its port must be known first
		int port = FreePort.find();
		try (ConfigurableApplicationContext demo = SpringApplication.run(DemoApplication.class, "--server.port=" + port,
				"--socketio.port=0", "--socketio.cluster.instances=1", "--socketio.drain.spread=0s")) {
			assertThat(demo.isRunning()).isTrue();
			return BrowserProgram.run("browser.js", "http://localhost:" + port);
		}
	}

}
