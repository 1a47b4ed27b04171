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

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.message.ClusterMessage;
import io.github.socketioboot.cluster.message.ClusterMessage.Broadcast;
import io.github.socketioboot.cluster.message.ClusterMessage.SocketsJoin;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.protocol.SocketPacket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShardedChannels}, {@link SubscriptionMode} and {@link RecentJoins}.
 */
class ShardedChannelsTests {

	private static final String NODE_ID = "8N3tzqG_EUXfMR3HAAAC";

	@Test
	void namesAreThoseOfTheReferenceServer() {
		ShardedChannels channels = channels(SubscriptionMode.DYNAMIC);
		assertThat(channels.members()).isEqualTo("socket.io#/#");
		assertThat(channels.room("room1")).isEqualTo("socket.io#/#room1#");
		assertThat(channels.response("28ee7518d3fb282c")).isEqualTo("socket.io#/#28ee7518d3fb282c#");
		assertThat(channels.owner("socket.io#/#")).isNull();
		assertThat(channels.owner("socket.io#/#a#b#")).isEqualTo("a#b");
	}

	@Test
	void modeTellsWhichRoomsHaveAChannel() {
		assertThat(channels(SubscriptionMode.STATIC).hasRoom("room1")).isFalse();
		assertThat(channels(SubscriptionMode.DYNAMIC).hasRoom("room1")).isTrue();
		assertThat(channels(SubscriptionMode.DYNAMIC).hasRoom(NODE_ID)).isFalse();
		assertThat(channels(SubscriptionMode.DYNAMIC_PRIVATE).hasRoom(NODE_ID)).isTrue();
	}

	@Test
	void onlyBroadcastsToOneRoomWithoutAnswersGoOverItsChannel() {
		ShardedChannels channels = channels(SubscriptionMode.DYNAMIC);
		assertThat(channels.roomOf(broadcast(null, "room1"))).isEqualTo("room1");
		assertThat(channels.roomOf(broadcast("id", "room1"))).isNull();
		assertThat(channels.roomOf(broadcast(null))).isNull();
		assertThat(channels.roomOf(broadcast(null, "a", "b"))).isNull();
		assertThat(channels.roomOf(broadcast(null, NODE_ID))).isNull();
		assertThat(channels.roomOf(new SocketsJoin(to("room1"), List.of("x")))).isNull();
	}

	@Test
	void joinsAreRecentForAWhile() {
		AtomicLong now = new AtomicLong();
		RecentJoins joins = new RecentJoins(now::get);
		joins.add(List.of("a"));
		assertThat(joins.contains("a")).isTrue();
		assertThat(joins.contains("b")).isFalse();
		now.addAndGet(RecentJoins.TIME.plus(Duration.ofNanos(1)).toNanos());
		assertThat(joins.contains("a")).isFalse();
	}

	@Test
	void notMoreJoinsAreKeptThanAllowed() {
		AtomicLong now = new AtomicLong();
		RecentJoins joins = new RecentJoins(now::get);
		joins.add(IntStream.range(0, RecentJoins.MAX_ROOMS).mapToObj(Integer::toString).toList());
		joins.add(List.of("late"));
		assertThat(joins.contains("late")).isFalse();
		now.addAndGet(RecentJoins.TIME.plus(Duration.ofNanos(1)).toNanos());
		joins.add(List.of("late"));
		assertThat(joins.contains("late")).isTrue();
	}

	private static ShardedChannels channels(SubscriptionMode mode) {
		return new ShardedChannels("socket.io", "/", mode);
	}

	private static BroadcastOptions to(String... rooms) {
		return new BroadcastOptions(Set.of(rooms), Set.of(), false, false, 0);
	}

	private static ClusterMessage broadcast(@Nullable String requestId, String... rooms) {
		return new Broadcast(new BroadcastPacket("e", List.of(), SocketPacket.NO_ID), to(rooms), requestId);
	}

}
