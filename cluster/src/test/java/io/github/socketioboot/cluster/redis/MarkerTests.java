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

import java.util.List;
import java.util.Random;

import io.github.socketioboot.cluster.message.MalformedMessageException;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Marker}.
 */
class MarkerTests {

	private final Marker marker = new Marker("12@0123abcd", "3@0123abcd", 42);

	@Test
	void readsWhatItWrites() throws Exception {
		assertThat(Marker.decode(this.marker.encode())).isEqualTo(this.marker);
	}

	@Test
	void isABroadcastToNobodyForOtherServers() throws Exception {
		MessagePackReader in = new MessagePackReader(this.marker.encode());
		assertThat(in.readArraySize()).isEqualTo(3);
		assertThat(in.readValue()).isEqualTo("marker");
		assertThat(in.readValue()).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("type", 2)
			.containsEntry("nsp", "/#marker");
		assertThat(in.readValue()).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("rooms", List.of(Marker.ROOM))
			.containsKeys("except", "flags");
		in.end();
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> ClassicFixture.codec("/", "other_").decodeBroadcast(this.marker.encode()))
			.withMessage("another namespace");
	}

	@Test
	void refusesWhatIsNone() {
		byte[] broadcast = ClassicFixture
			.broadcast(ClassicFixture.codec("/", "other_"), "/", BroadcastOptions.ALL, "marker", "a", "b", "c")
			.bytes();
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> Marker.decode(broadcast));
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> Marker.decode(new byte[Bounds.MAX_MARKER + 1]));
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> Marker.decode(new byte[0]));
		Random random = new Random(7);
		byte[] bytes = this.marker.encode();
		int refused = 0;
		for (int i = 0; i < 2000; i++) {
			byte[] changed = bytes.clone();
			changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
			try {
				assertThat(Marker.decode(changed)).isNotNull();
			}
			catch (MalformedMessageException ex) {
				refused++;
			}
		}
		assertThat(refused).isPositive();
	}

}
