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

package io.github.socketioboot.cluster;

import io.github.socketioboot.engine.adapter.AdapterContractTests;
import io.github.socketioboot.engine.adapter.AdapterFactory;
import org.junit.jupiter.api.AfterEach;

/**
 * Tests that a member that counts the others does for its own sockets what the adapter of
 * a single process does.
 */
class CountedNodeAdapterTests extends AdapterContractTests {

	private final CountingBus bus = new CountingBus(2, ClusterConfig.DEFAULT);

	@Override
	protected AdapterFactory factory() {
		this.bus.members.forEach(TestMember::open);
		return this.bus.members.get(0);
	}

	@AfterEach
	void closeMembers() {
		this.bus.members.forEach(TestMember::close);
		this.bus.close();
	}

}
