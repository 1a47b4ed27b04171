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

package io.github.socketioboot.engine.adapter;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InMemoryAdapter}.
 */
class InMemoryAdapterTests extends AdapterContractTests {

	@Override
	protected AdapterFactory factory() {
		return AdapterFactory.IN_MEMORY;
	}

	@Test
	void thereIsNoOtherNode() throws Exception {
		Adapter adapter = factory().create(new UnusedNamespace());
		adapter.serverSideEmit(List.of("event"));
		assertThat(adapter.serverSideEmitWithAck(List.of("event"), 0).get(10, TimeUnit.SECONDS)).isEmpty();
		assertThat(adapter.serverCount().get(10, TimeUnit.SECONDS)).isOne();
		adapter.close();
	}

}
