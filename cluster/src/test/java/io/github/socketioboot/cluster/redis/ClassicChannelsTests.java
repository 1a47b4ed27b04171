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

package io.github.socketioboot.cluster.redis;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClassicChannels}.
 */
class ClassicChannelsTests {

	@Test
	void namesAreThoseOfTheReferenceServer() {
		ClassicChannels root = new ClassicChannels("socket.io", "/");
		assertThat(root.broadcast()).isEqualTo("socket.io#/#");
		assertThat(root.broadcast("room1")).isEqualTo("socket.io#/#room1#");
		assertThat(root.pattern()).isEqualTo("socket.io#/#*");
		assertThat(root.request()).isEqualTo("socket.io-request#/#");
		assertThat(root.response()).isEqualTo("socket.io-response#/#");
		assertThat(root.response("PcskII")).isEqualTo("socket.io-response#/#PcskII#");
		ClassicChannels admin = new ClassicChannels("mine", "/admin");
		assertThat(admin.broadcast()).isEqualTo("mine#/admin#");
		assertThat(admin.request()).isEqualTo("mine-request#/admin#");
		assertThat(admin.namespace()).isEqualTo("/admin");
	}

	@Test
	void charactersOfGlobsStandForThemselvesInThePattern() {
		assertThat(new ClassicChannels("k?y", "/a[b]*\\").pattern()).isEqualTo("k\\?y#/a\\[b\\]\\*\\\\#*");
	}

	@Test
	void roomIsToldByTheChannel() {
		ClassicChannels channels = new ClassicChannels("socket.io", "/");
		assertThat(channels.room("socket.io#/#")).isEmpty();
		assertThat(channels.room("socket.io#/#room1#")).isEqualTo("room1");
		assertThat(channels.room("socket.io#/#a#b#")).isEqualTo("a#b");
		assertThat(channels.room("socket.io#/##")).isEmpty();
		assertThat(channels.room("socket.io#/#foo")).isEqualTo("fo");
		assertThat(channels.room("socket.io#/admin#")).isNull();
		assertThat(channels.room("other#/#room1#")).isNull();
		for (String room : new String[] { "42", "\u00e9", "a b" }) {
			assertThat(channels.room(channels.broadcast(room))).isEqualTo(room);
		}
	}

	@Test
	void responsesAreToldFromRequests() {
		ClassicChannels channels = new ClassicChannels("socket.io", "/");
		assertThat(channels.isResponse(channels.response())).isTrue();
		assertThat(channels.isResponse(channels.response("abc"))).isTrue();
		assertThat(channels.isResponse(channels.request())).isFalse();
		assertThat(channels.isResponse("socket.io-response#/admin#")).isFalse();
	}

}
