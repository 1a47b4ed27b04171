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

package io.github.socketioboot.demo.cluster;

import java.util.List;

import io.github.socketioboot.interop.BrowserProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The demo's page shows the cluster that serves it, and reloads it.
 */
class ClusterPageIntegrationTests {

	@BeforeAll
	static void needBrowserAndJar() {
		BrowserProgram.assumeAvailable();
		ClusterProcess.assumeBuilt();
	}

	@TestFactory
	List<DynamicTest> showsWorkersAndAReload() {
		// As the README says, but for the number of processors
		try (ClusterProcess demo = ClusterProcess.demo()
			.jvm("-XX:ActiveProcessorCount=2", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
			.start()
			.awaitReady(2)) {
			return BrowserProgram.run("cluster-page.js", "http://localhost:" + demo.httpPort());
		}
	}

}
