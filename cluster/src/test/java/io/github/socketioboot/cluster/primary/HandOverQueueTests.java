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

package io.github.socketioboot.cluster.primary;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.socketioboot.cluster.link.RecordingLink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class HandOverQueueTests {

	private final WorkerLoad load = new WorkerLoad();

	private final HandOverQueue queue = new HandOverQueue(this.load);

	private final RecordingLink link = new RecordingLink(1);

	private final DefaultEventLoop loop = new DefaultEventLoop();

	private final AtomicInteger ended = new AtomicInteger();

	private final List<PendingConnection> connections = new ArrayList<>();

	@BeforeAll
	static void loadNativeTransport() {
		Epoll.ensureAvailability();
	}

	@AfterEach
	void close() {
		this.connections.forEach(PendingConnection::close);
		this.loop.shutdownGracefully();
	}

	@Test
	void sendsNoMoreThanTheWorkerIsBehind() {
		List<PendingConnection> offered = offer(HandOverQueue.WINDOW + 2);
		assertThat(this.link.descriptors).hasSize(HandOverQueue.WINDOW);
		assertThat(this.link.frames).hasSize(HandOverQueue.WINDOW);
		assertThat(this.load.value(0)).isEqualTo(HandOverQueue.WINDOW + 2);
		this.queue.accepted(offered.get(1).cookie(), this.link);
		assertThat(this.link.descriptors).hasSize(HandOverQueue.WINDOW + 1)
			.last()
			.isEqualTo(offered.get(HandOverQueue.WINDOW).descriptor().intValue());
		assertThat(this.load.value(0)).isEqualTo(HandOverQueue.WINDOW + 1);
	}

	@Test
	void holdsAConnectionUntilTheWorkerHasIt() {
		PendingConnection connection = offer(1).get(0);
		long cookie = connection.cookie();
		assertThat(connection.channel().isOpen()).isTrue();
		assertThat(this.ended).hasValue(0);
		this.queue.accepted(cookie, this.link);
		assertThat(connection.channel().isOpen()).isFalse();
		assertThat(this.ended).hasValue(1);
		this.queue.accepted(cookie, this.link);
		assertThat(this.ended).hasValue(1);
	}

	@Test
	void goesOnWhenTheKernelTakesDescriptorsAgain() {
		this.link.blocked = true;
		offer(3);
		assertThat(this.link.descriptors).isEmpty();
		assertThat(this.link.frames).isEmpty();
		this.link.blocked = false;
		this.queue.pump(this.link);
		assertThat(this.link.descriptors).hasSize(3);
	}

	@Test
	void waitsForTheConnectionOfDescriptors() {
		this.link.capable = false;
		offer(3);
		assertThat(this.link.descriptors).isEmpty();
		this.link.capable = true;
		this.queue.pump(this.link);
		assertThat(this.link.descriptors).hasSize(3);
	}

	@Test
	void closesALinkThatIsBroken() {
		this.link.broken = true;
		List<PendingConnection> offered = offer(2);
		assertThat(this.link.closed).isTrue();
		assertThat(this.queue.takeAll()).containsExactlyElementsOf(offered);
	}

	@Test
	void givesBackWhatTheWorkerDidNotTake() {
		List<PendingConnection> offered = offer(HandOverQueue.WINDOW + 3);
		assertThat(this.queue.rejected(offered.get(0).cookie(), this.link)).isSameAs(offered.get(0));
		assertThat(this.queue.rejected(offered.get(0).cookie(), this.link)).isNull();
		this.queue.accepted(offered.get(1).cookie(), this.link);
		assertThat(this.queue.takeAll()).containsExactlyElementsOf(offered.subList(2, offered.size()));
		assertThat(this.queue.takeAll()).isEmpty();
		assertThat(this.load.value(0)).isZero();
	}

	@Test
	void refusesWhatIsTooMuch() {
		this.link.blocked = true;
		PendingConnection connection = connection();
		for (int i = 0; i < HandOverQueue.MAX_WAITING; i++) {
			assertThat(this.queue.offer(connection, this.link)).isTrue();
		}
		assertThat(this.queue.offer(connection, this.link)).isFalse();
	}

	@Test
	void knowsHowLongTheOldestHasWaited() {
		assertThat(this.queue.age(System.nanoTime())).isZero();
		PendingConnection connection = offer(1).get(0);
		assertThat(this.queue.age(connection.givenAt() + 5)).isEqualTo(5);
	}

	private List<PendingConnection> offer(int count) {
		List<PendingConnection> offered = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			PendingConnection connection = connection();
			assertThat(connection.tryAgain()).isTrue();
			assertThat(this.queue.offer(connection, this.link)).isTrue();
			offered.add(connection);
		}
		return offered;
	}

	private PendingConnection connection() {
		ByteBuf bytes = Unpooled.buffer().writeByte('x');
		PendingConnection connection = new PendingConnection(new EpollSocketChannel(), bytes,
				new RequestHead(null, true, "/", null), null, this.loop, this.ended::incrementAndGet);
		this.connections.add(connection);
		return connection;
	}

}
