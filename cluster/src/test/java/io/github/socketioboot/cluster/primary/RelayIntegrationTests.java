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

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkConfig;
import io.github.socketioboot.cluster.link.LinkConnector;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.LinkFrame.Join;
import io.github.socketioboot.cluster.link.LinkFrame.Leave;
import io.github.socketioboot.cluster.link.LinkFrame.Message;
import io.github.socketioboot.cluster.link.LinkFrame.Welcome;
import io.github.socketioboot.cluster.link.LinkListener;
import io.github.socketioboot.cluster.link.LinkServer;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.primary.PrimaryConfig.LoadBalancing;
import io.github.socketioboot.cluster.primary.PrimaryConfig.Routing;
import io.github.socketioboot.engine.netty.forwarded.ForwardingConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.unix.FileDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RelayIntegrationTests {

	private static final Duration WAIT = Duration.ofSeconds(60);

	private static final String TOKEN = "token";

	private static final LinkConfig CONFIG = new LinkConfig(1 << 20, 256 << 10, 64L << 20, Duration.ofSeconds(30));

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

	private final EventLoop loop = this.group.next();

	private final Map<Integer, String> failures = new ConcurrentHashMap<>();

	private final WorkerTable workers = new WorkerTable(new Random(1));

	private final List<Member> members = new ArrayList<>();

	private Path directory;

	private WorkerLinks links;

	private LinkServer server;

	@BeforeEach
	void start() throws Exception {
		this.directory = Files.createTempDirectory("relay");
		WaitingConnections waiting = new WaitingConnections(this.loop, WAIT);
		Router router = new Router(this.workers, LoadBalancing.LEAST_CONNECTION, new Random(2), System::nanoTime);
		Dispatcher dispatcher = new Dispatcher(router, new RoutingKey(Routing.SESSION, ForwardingConfig.NONE), waiting,
				new HealthPath("/health"));
		FrontDoor door = new FrontDoor(this.loop, 1024, WAIT, ForwardingConfig.NONE, null, dispatcher::dispatch);
		this.links = new WorkerLinks(this.loop, this.workers, door, dispatcher,
				new Relay(this.loop, this.failures::putIfAbsent), new Events());
		this.server = new LinkServer(WorkerIdentity.linkSocket(this.directory), TOKEN,
				new Welcome("127.0.0.1", 1, false), this.loop, CONFIG, this.links);
		this.server.start().toCompletableFuture().get(WAIT.toSeconds(), TimeUnit.SECONDS);
	}

	@AfterEach
	void stop() throws Exception {
		this.members.forEach((member) -> member.link.close());
		await().atMost(WAIT).untilAsserted(() -> assertThat(openLinks()).isZero());
		this.server.stop().toCompletableFuture().get(WAIT.toSeconds(), TimeUnit.SECONDS);
		this.group.shutdownGracefully(1, WAIT.toMillis(), TimeUnit.MILLISECONDS).sync();
		Files.delete(this.directory);
	}

	private int openLinks() throws Exception {
		return this.loop.submit(() -> this.links.open().size()).get();
	}

	@Test
	void tellsMembersOfEachOther() throws Exception {
		Member first = join(1);
		Member second = join(2);
		await().atMost(WAIT).untilAsserted(() -> {
			assertThat(first.events).containsExactly("join 2");
			assertThat(second.events).containsExactly("join 1");
		});
		second.link.send(new Leave(2));
		await().atMost(WAIT).untilAsserted(() -> assertThat(first.events).containsExactly("join 2", "leave 2"));
	}

	@Test
	void tellsMembersOfOneWhoseLinkIsLost() throws Exception {
		Member first = join(1);
		Member second = join(2);
		await().atMost(WAIT).untilAsserted(() -> assertThat(first.events).containsExactly("join 2"));
		second.link.close();
		await().atMost(WAIT).untilAsserted(() -> {
			assertThat(first.events).containsExactly("join 2", "leave 2");
			assertThat(this.failures).containsOnlyKeys(2);
		});
	}

	@Test
	void bringsMessagesToAllOthersInOrder() throws Exception {
		List<Member> all = List.of(join(1), join(2), join(3));
		for (Member member : all) {
			await().atMost(WAIT).untilAsserted(() -> assertThat(member.events).hasSize(2));
			member.events.clear();
		}
		for (int i = 0; i < 2000; i++) {
			for (Member member : all) {
				member.send(0, Integer.toString(i));
			}
		}
		for (Member member : all) {
			await().atMost(WAIT).untilAsserted(() -> assertThat(member.events).hasSize(4000));
			for (int number = 1; number <= 3; number++) {
				String origin = "from " + number + ": ";
				Stream<String> received = member.events.stream().filter((event) -> event.startsWith(origin));
				if (number == member.number) {
					assertThat(received).isEmpty();
				}
				else {
					assertThat(received)
						.containsExactlyElementsOf(IntStream.range(0, 2000).mapToObj((i) -> origin + i).toList());
				}
			}
		}
	}

	@Test
	void bringsMessagesToOneMemberOnly() throws Exception {
		Member first = join(1);
		Member second = join(2);
		Member third = join(3);
		first.send(2, "two");
		first.send(77, "nobody");
		first.send(1, "itself");
		first.send(3, "three");
		await().atMost(WAIT).untilAsserted(() -> assertThat(third.events).contains("from 1: three"));
		await().atMost(WAIT).untilAsserted(() -> assertThat(second.events).contains("from 1: two"));
		assertThat(second.events).doesNotContain("from 1: three");
		assertThat(Stream.of(first, second, third).flatMap((member) -> member.events.stream()))
			.noneMatch((event) -> event.endsWith("nobody") || event.endsWith("itself"));
	}

	@Test
	void takesMessagesOfMembersOnly() throws Exception {
		Member first = join(1);
		Member stranger = connect(2);
		stranger.send(0, "early");
		stranger.link.send(new Join(2));
		stranger.send(0, "now");
		await().atMost(WAIT).untilAsserted(() -> assertThat(first.events).containsExactly("join 2", "from 2: now"));
	}

	@Test
	void slowsSendersDownToTheSlowestMember() throws Exception {
		Member sender = join(1);
		Member slow = join(2);
		Member quick = join(3);
		await().atMost(WAIT).untilAsserted(() -> assertThat(sender.events).hasSize(2));
		slow.link.setReading(false);
		int count = 600;
		for (int i = 0; i < count; i++) {
			sender.send(0, "x".repeat(10_000) + i);
		}
		// Stays behind in the sender, and this is no fault of anyone
		await().atMost(WAIT).untilAsserted(() -> assertThat(isPaused(1)).isTrue());
		await().during(Duration.ofMillis(300))
			.atMost(WAIT)
			.untilAsserted(() -> assertThat(quick.events).hasSizeLessThan(count / 2));
		slow.link.setReading(true);
		for (Member member : List.of(slow, quick)) {
			await().atMost(WAIT)
				.untilAsserted(() -> assertThat(member.events.stream().filter((event) -> event.startsWith("from")))
					.hasSize(count));
		}
		await().atMost(WAIT).untilAsserted(() -> assertThat(isPaused(1)).isFalse());
		assertThat(this.failures).isEmpty();
	}

	@Test
	void givesUpAMemberThatTakesNothing() throws Exception {
		Member sender = join(1);
		Member stuck = join(2);
		Member other = join(3);
		await().atMost(WAIT).untilAsserted(() -> assertThat(sender.events).hasSize(2));
		stuck.link.setReading(false);
		int count = 600;
		for (int i = 0; i < count; i++) {
			sender.send(0, "x".repeat(10_000) + i);
		}
		await().atMost(WAIT)
			.untilAsserted(() -> assertThat(this.failures).containsEntry(2, "does not take its messages"));
		await().atMost(WAIT)
			.untilAsserted(
					() -> assertThat(other.events.stream().filter((event) -> event.startsWith("from"))).hasSize(count));
		await().atMost(WAIT).untilAsserted(() -> assertThat(sender.events).contains("leave 2"));
	}

	private boolean isPaused(int number) throws Exception {
		return this.loop
			.submit(() -> this.links.open()
				.stream()
				.anyMatch((link) -> link.number() == number && this.links.relay().isPaused(link)))
			.get();
	}

	private Member join(int number) throws Exception {
		Member member = connect(number);
		member.link.send(new Join(number));
		await().atMost(WAIT).untilAsserted(() -> assertThat(relayed()).isEqualTo(this.members.size()));
		return member;
	}

	private int relayed() throws Exception {
		return this.loop.submit(() -> this.links.relay().size()).get();
	}

	private Member connect(int number) throws Exception {
		WorkerEntry entry = this.workers.add(number - 1, number);
		WorkerIdentity identity = new WorkerIdentity(this.directory, TOKEN, "host", number - 1, number,
				entry.sidPrefix());
		Member member = new Member(number);
		member.link = LinkConnector.connect(identity, this.group.next(), CONFIG, member)
			.toCompletableFuture()
			.get(WAIT.toSeconds(), TimeUnit.SECONDS)
			.link();
		this.members.add(member);
		return member;
	}

	private static final class Member implements LinkListener {

		private final int number;

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		private Link link;

		Member(int number) {
			this.number = number;
		}

		void send(int target, String text) {
			this.link.send(new Message(target, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
		}

		@Override
		public void onFrame(Link link, LinkFrame frame) {
			if (frame instanceof Message message) {
				ByteBuf payload = message.payload();
				this.events.add("from " + message.worker() + ": " + payload.toString(StandardCharsets.UTF_8));
				payload.release();
			}
			else if (frame instanceof Join join) {
				this.events.add("join " + join.worker());
			}
			else if (frame instanceof Leave leave) {
				this.events.add("leave " + leave.worker());
			}
		}

		@Override
		public void onDescriptor(Link link, FileDescriptor descriptor) {
			throw new AssertionError("no descriptor is sent");
		}

		@Override
		public void onDescriptorsWritable(Link link) {
			// None is sent
		}

		@Override
		public void onWritabilityChanged(Link link, boolean writable) {
			// Of no interest here
		}

		@Override
		public void onClosed(Link link, String reason) {
			// Of no interest here
		}

	}

	private final class Events implements WorkerLinks.Events {

		@Override
		public boolean isWorker(int number, long pid) {
			return true;
		}

		@Override
		public void onOpened(Link link) {
			// Of no interest here
		}

		@Override
		public void onReady(WorkerEntry worker) {
			// Of no interest here
		}

		@Override
		public void onReport() {
			// Of no interest here
		}

		@Override
		public void onCommand(Link link, LinkFrame.Command command) {
			// Of no interest here
		}

		@Override
		public void onClosed() {
			// Of no interest here
		}

		@Override
		public void failed(int number, String reason) {
			RelayIntegrationTests.this.failures.putIfAbsent(number, reason);
		}

	}

}
