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

package io.github.socketioboot.cluster.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.RecordingLink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Arrivals} without descriptors.
 */
class ArrivalsTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	// The clock may be about to overflow
	private static final long START = Long.MAX_VALUE - SECOND;

	private final RecordingLink link = new RecordingLink(1);

	private final Arrivals arrivals = new Arrivals(this.link);

	private final List<ByteBuf> buffers = new ArrayList<>();

	@Test
	void headsExpireOneByOne() {
		this.arrivals.open(new FakeSink());
		head(1, START);
		head(2, START + SECOND);
		this.arrivals.expire(START + 2 * SECOND - 1);
		assertThat(this.link.frames).isEmpty();
		this.arrivals.expire(START + 2 * SECOND);
		assertThat(this.link.frames).containsExactly(new LinkFrame.Rejected(1));
		this.arrivals.expire(START + 3 * SECOND);
		assertThat(this.link.frames).containsExactly(new LinkFrame.Rejected(1), new LinkFrame.Rejected(2));
		assertThatAllAreReleased();
	}

	@Test
	void headThatComesAgainTakesThePlaceOfTheFirst() {
		this.arrivals.open(new FakeSink());
		head(1, START);
		head(1, START + SECOND);
		this.arrivals.expire(START + 2 * SECOND);
		assertThat(this.link.frames).isEmpty();
		this.arrivals.expire(START + 3 * SECOND);
		assertThat(this.link.frames).containsExactly(new LinkFrame.Rejected(1));
		assertThatAllAreReleased();
	}

	@Test
	void headsBeyondTheBoundAreRejectedAtOnce() {
		this.arrivals.open(new FakeSink());
		for (int i = 0; i <= Arrivals.MAX_UNMATCHED; i++) {
			head(i, START);
		}
		assertThat(this.link.frames).containsExactly(new LinkFrame.Rejected(Arrivals.MAX_UNMATCHED));
		this.arrivals.close();
		assertThat(this.link.frames).hasSize(Arrivals.MAX_UNMATCHED + 1);
		assertThatAllAreReleased();
	}

	@Test
	void headsAreRejectedWhileThereIsNoServer() {
		head(1, START);
		assertThat(this.link.frames).containsExactly(new LinkFrame.Rejected(1));
		assertThatAllAreReleased();
	}

	private void head(long cookie, long now) {
		ByteBuf bytes = Unpooled.copiedBuffer(new byte[3]);
		this.buffers.add(bytes);
		this.arrivals.onHead(new LinkFrame.HandOver(cookie, bytes), now);
	}

	private void assertThatAllAreReleased() {
		assertThat(this.buffers).allMatch((bytes) -> bytes.refCnt() == 0);
	}

}
