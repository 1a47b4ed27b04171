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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.cluster.ClusterTransport;
import io.github.socketioboot.cluster.ClusterUnreachableException;
import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.SocketCookie;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.link.WorkerReport;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.engine.netty.ConnectionSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Worker} with the least of a primary.
 */
@EnabledOnOs(OS.LINUX)
class WorkerIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int NUMBER = 2;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	private final FakeSink sink = new FakeSink();

	private final RecordedWishes wishes = new RecordedWishes();

	private final List<Worker> workers = new ArrayList<>();

	private final List<AutoCloseable> closeables = new ArrayList<>();

	@SuppressWarnings("NullAway.Init")
	private FakePrimary primary;

	@BeforeEach
	void start() throws Exception {
		this.primary = new FakePrimary(this.directory, transport());
		this.sink.mayListen.complete(null);
	}

	@AfterEach
	void stop() throws Exception {
		this.workers.forEach(Worker::close);
		this.sink.close();
		for (AutoCloseable closeable : this.closeables) {
			closeable.close();
		}
		this.primary.close();
	}

	@Test
	void sourceListensForProxiedConnectionsAndOnItsOwnPort() throws Exception {
		Worker worker = connect(5000);
		InetSocketAddress address = open(worker);
		assertThat(address).isEqualTo(new InetSocketAddress("127.0.0.1", 9092));
		assertThat(this.sink.listening).containsExactly(worker.identity().proxySocket() + " preamble=true shared=false",
				new InetSocketAddress(5001) + " preamble=false shared=true");
	}

	@Test
	void sourceFailsWhenItsPortCannotBe() throws Exception {
		Worker worker = connect(65_535);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> open(worker))
			.withCauseInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void readyIsToldOnceTheSourceIsOpen() throws Exception {
		Worker worker = connect(0);
		worker.ready(8081, 8082);
		ping();
		assertThat(received().frames(LinkFrame.Ready.class)).isEmpty();
		open(worker);
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(received().frames(LinkFrame.Ready.class))
				.containsExactly(new LinkFrame.Ready(8081, 8082, worker.identity().proxySocket().toString())));
	}

	@Test
	void readyIsToldOnceTheApplicationIs() throws Exception {
		Worker worker = connect(0);
		open(worker);
		ping();
		assertThat(received().frames(LinkFrame.Ready.class)).isEmpty();
		worker.ready(0, 0);
		await().atMost(LIMIT).untilAsserted(() -> assertThat(received().frames(LinkFrame.Ready.class)).hasSize(1));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionIsAdoptedWithWhatWasReadOfIt(boolean headFirst) throws Exception {
		Worker worker = connect(0);
		open(worker);
		TcpPair pair = pair();
		long cookie = received().handOver(pair.accepted(), "GET /", headFirst);
		await().atMost(LIMIT).until(() -> this.sink.adopted.size() == 1);
		assertThat(this.sink.bytes).containsExactly("GET /");
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(received().frames(LinkFrame.Accepted.class))
				.containsExactly(new LinkFrame.Accepted(cookie)));
		EpollSocketChannel adopted = (EpollSocketChannel) this.sink.adopted.element();
		assertThat(SocketCookie.of(adopted)).isEqualTo(cookie);
		assertThat(adopted.remoteAddress()).isEqualTo(pair.client().getLocalSocketAddress());
		pair.accepted().unsafe().closeForcibly();
		assertOpen(pair);
	}

	@Test
	void connectionsHandedOverTogetherAreToldApart() throws Exception {
		Worker worker = connect(0);
		open(worker);
		List<TcpPair> pairs = List.of(pair(), pair(), pair());
		await().atMost(LIMIT).until(() -> received().link().isDescriptorCapable());
		this.primary.on(() -> {
			for (int i : new int[] { 2, 0, 1 }) {
				received().link().trySendDescriptor(pairs.get(i).accepted().fd());
			}
			return null;
		});
		for (TcpPair pair : pairs) {
			received().send(new LinkFrame.HandOver(SocketCookie.of(pair.accepted()),
					Unpooled.copiedBuffer("to " + pair.client().getLocalPort(), StandardCharsets.ISO_8859_1)));
		}
		await().atMost(LIMIT).until(() -> this.sink.adopted.size() == 3);
		List<String> expected = this.sink.adopted.stream()
			.map((channel) -> "to " + ((InetSocketAddress) channel.remoteAddress()).getPort())
			.toList();
		assertThat(List.copyOf(this.sink.bytes)).isEqualTo(expected);
	}

	@Test
	void headWithoutDescriptorIsRejectedAfterWhile() throws Exception {
		open(connect(0));
		received().send(new LinkFrame.HandOver(77, Unpooled.copiedBuffer(new byte[3])));
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(received().frames(LinkFrame.Rejected.class))
				.containsExactly(new LinkFrame.Rejected(77)));
		assertThat(this.sink.adopted).isEmpty();
	}

	@Test
	void descriptorWithoutHeadIsClosedAfterWhile() throws Exception {
		open(connect(0));
		TcpPair pair = pair();
		await().atMost(LIMIT).until(() -> received().link().isDescriptorCapable());
		this.primary.on(() -> received().link().trySendDescriptor(pair.accepted().fd()));
		pair.accepted().unsafe().closeForcibly();
		assertClosed(pair);
	}

	@Test
	void connectionsAreRejectedBeforeTheSourceIsOpenAndAfterItIsClosed() throws Exception {
		Worker worker = connect(0);
		received().send(new LinkFrame.HandOver(1, Unpooled.copiedBuffer(new byte[3])));
		await().atMost(LIMIT).until(() -> received().frames(LinkFrame.Rejected.class).size() == 1);
		open(worker);
		received().send(new LinkFrame.HandOver(2, Unpooled.copiedBuffer(new byte[3])));
		ping();
		worker.connections().close().toCompletableFuture().get(30, TimeUnit.SECONDS);
		received().send(new LinkFrame.HandOver(3, Unpooled.copiedBuffer(new byte[3])));
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(received().frames(LinkFrame.Rejected.class))
				.containsExactly(new LinkFrame.Rejected(1), new LinkFrame.Rejected(2), new LinkFrame.Rejected(3)));
		TcpPair pair = pair();
		received().handOver(pair.accepted(), "", false);
		pair.accepted().unsafe().closeForcibly();
		assertClosed(pair);
		assertThat(this.sink.adopted).isEmpty();
	}

	@Test
	void sessionsOfOtherLiveWorkersAreElsewhere() throws Exception {
		Worker worker = connect(0);
		ConnectionSource source = worker.connections();
		await().atMost(LIMIT).until(() -> received().link().isDescriptorCapable());
		assertThat(source.isElsewhere("wrk1abcd")).isFalse();
		host(worker, false, WorkerState.READY, WorkerState.READY, WorkerState.DRAINING, WorkerState.STOPPED,
				WorkerState.STOPPING, WorkerState.STARTING);
		assertThat(source.isElsewhere("wrk1abcd")).isTrue();
		assertThat(source.isElsewhere("wrk2abcd")).isFalse();
		assertThat(source.isElsewhere("wrk3abcd")).isTrue();
		assertThat(source.isElsewhere("wrk4abcd")).isFalse();
		assertThat(source.isElsewhere("wrk5abcd")).isTrue();
		assertThat(source.isElsewhere("wrk6abcd")).isTrue();
		assertThat(source.isElsewhere("wrk7abcd")).isFalse();
		assertThat(source.isElsewhere("wr")).isFalse();
		assertThat(source.isElsewhere("wrk1")).isFalse();
		assertThat(source.isElsewhere(null)).isFalse();
	}

	@Test
	void newSessionsAreElsewhereWhileThisWorkerDrainsAndAnotherIsReady() throws Exception {
		Worker worker = connect(0);
		ConnectionSource source = worker.connections();
		await().atMost(LIMIT).until(() -> received().link().isDescriptorCapable());
		received().send(new LinkFrame.Drain(false));
		host(worker, false, WorkerState.READY, WorkerState.DRAINING);
		assertThat(source.isElsewhere(null)).isTrue();
		host(worker, true, WorkerState.READY, WorkerState.DRAINING, WorkerState.DRAINING);
		assertThat(source.isElsewhere(null)).isFalse();
		host(worker, false, WorkerState.DRAINING, WorkerState.DRAINING, WorkerState.STOPPED, WorkerState.STARTING);
		assertThat(source.isElsewhere(null)).isFalse();
	}

	@Test
	void sessionsAreSharedWithOtherReadyWorkers() throws Exception {
		Worker worker = connect(0);
		ConnectionSource source = worker.connections();
		await().atMost(LIMIT).until(() -> received().link().isDescriptorCapable());
		assertThat(source.sharesSessions()).isFalse();
		host(worker, false, WorkerState.DRAINING, WorkerState.READY, WorkerState.STARTING);
		assertThat(source.sharesSessions()).isFalse();
		host(worker, false, WorkerState.READY, WorkerState.READY);
		assertThat(source.sharesSessions()).isTrue();
		host(worker, true, WorkerState.READY, WorkerState.READY);
		assertThat(source.sharesSessions()).isFalse();
	}

	@Test
	void workerWithPortOfItsOwnKeepsItsSessions() throws Exception {
		Worker worker = connect(5000);
		await().atMost(LIMIT).until(() -> received().link().isDescriptorCapable());
		host(worker, false, WorkerState.READY, WorkerState.READY);
		assertThat(worker.connections().sharesSessions()).isFalse();
	}

	@Test
	void nothingIsElsewhereOnceTheLinkIsClosed() throws Exception {
		Worker worker = connect(0);
		await().atMost(LIMIT).until(() -> received().link().isDescriptorCapable());
		host(worker, false, WorkerState.READY, WorkerState.READY);
		assertThat(worker.connections().isElsewhere("wrk1abcd")).isTrue();
		worker.close();
		await().atMost(LIMIT).until(() -> !worker.connections().isElsewhere("wrk1abcd"));
	}

	@Test
	void connectionIsHandedBackAndKeptUntilThePrimaryHasIt() throws Exception {
		Worker worker = connect(0);
		await().atMost(LIMIT).until(() -> received().link().isDescriptorCapable());
		TcpPair pair = pair();
		long cookie = SocketCookie.of(pair.accepted());
		worker.connections().handOn(pair.accepted(), Unpooled.copiedBuffer("POST", StandardCharsets.ISO_8859_1));
		await().atMost(LIMIT)
			.until(() -> received().frames(LinkFrame.HandOver.class).size() == 1 && received().descriptors.size() == 1);
		assertThat(received().payloads).containsExactly("POST");
		assertThat(received().frames(LinkFrame.HandOver.class).get(0).cookie()).isEqualTo(cookie);
		EpollSocketChannel copy = new EpollSocketChannel(descriptor(received().descriptors.poll()).intValue());
		this.closeables.add(() -> copy.unsafe().closeForcibly());
		assertThat(SocketCookie.of(copy)).isEqualTo(cookie);
		assertThat(pair.accepted().isOpen()).isTrue();
		received().send(new LinkFrame.Accepted(cookie));
		await().atMost(LIMIT).until(() -> !pair.accepted().isOpen());
		assertOpen(pair);
	}

	@Test
	void connectionThatThePrimaryRejectsIsClosed() throws Exception {
		Worker worker = connect(0);
		await().atMost(LIMIT).until(() -> received().link().isDescriptorCapable());
		TcpPair pair = pair();
		long cookie = SocketCookie.of(pair.accepted());
		worker.connections().handOn(pair.accepted(), Unpooled.EMPTY_BUFFER);
		await().atMost(LIMIT).until(() -> received().descriptors.size() == 1);
		descriptor(received().descriptors.poll()).close();
		received().send(new LinkFrame.Rejected(cookie));
		assertClosed(pair);
	}

	@Test
	void connectionsOnTheirWayToThePrimaryAreBounded() throws Exception {
		Worker worker = connect(0);
		await().atMost(LIMIT).until(() -> received().link().isDescriptorCapable());
		List<TcpPair> pairs = new ArrayList<>();
		for (int i = 0; i < Departures.WINDOW + 10; i++) {
			pairs.add(pair());
		}
		pairs.forEach((pair) -> worker.connections()
			.handOn(pair.accepted(), Unpooled.copiedBuffer("x", StandardCharsets.ISO_8859_1)));
		await().atMost(LIMIT).until(() -> received().frames(LinkFrame.HandOver.class).size() == Departures.WINDOW);
		ping();
		assertThat(received().frames(LinkFrame.HandOver.class)).hasSize(Departures.WINDOW);
		received().frames(LinkFrame.HandOver.class)
			.forEach((frame) -> received().send(new LinkFrame.Accepted(frame.cookie())));
		await().atMost(LIMIT).until(() -> received().frames(LinkFrame.HandOver.class).size() == Departures.WINDOW + 10);
		worker.close();
		await().atMost(LIMIT).until(() -> pairs.stream().noneMatch((pair) -> pair.accepted().isOpen()));
	}

	@Test
	void sessionsAndReportsAreTold() throws Exception {
		Worker worker = connect(0);
		open(worker);
		this.sink.opened = 12;
		this.sink.sessions = 5;
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(received().frames(LinkFrame.Sessions.class))
				.contains(new LinkFrame.Sessions(5, 12)));
		WorkerReport report = new WorkerReport(5, 6, 7, 8, false,
				List.of(new WorkerReport.Sample("socketio.rooms", Map.of("namespace", "/"), 1.5)));
		worker.reports(() -> report);
		await().atMost(LIMIT)
			.untilAsserted(
					() -> assertThat(received().frames(LinkFrame.Report.class)).contains(new LinkFrame.Report(report)));
		worker.reports(() -> {
			throw new IllegalStateException("on purpose");
		});
		this.sink.sessions = 6;
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(received().frames(LinkFrame.Sessions.class))
				.contains(new LinkFrame.Sessions(6, 12)));
	}

	@Test
	void wishesAreToldAlsoIfTheyCameBeforeSomeoneListens() throws Exception {
		Worker worker = connect(0);
		assertThat(worker.host()).isNull();
		HostStatus status = FakePrimary.status(false, WorkerState.READY);
		received().send(new LinkFrame.Host(status));
		received().send(new LinkFrame.Drain(true));
		await().atMost(LIMIT).untilAsserted(() -> assertThat(worker.host()).isEqualTo(status));
		worker.listen(this.wishes);
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.wishes.told).containsExactly(status, "drain true"));
		received().send(new LinkFrame.Stop());
		HostStatus later = FakePrimary.status(true, WorkerState.STOPPING);
		received().send(new LinkFrame.Host(later));
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.wishes.told).containsExactly(status, "drain true", "stop", later));
		assertThat(worker.host()).isEqualTo(later);
	}

	@Test
	void lossOfThePrimaryIsTold() throws Exception {
		Worker worker = connect(0);
		worker.listen(this.wishes);
		received().link().close();
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.wishes.told).containsExactly("lost"));
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> worker.command(LinkFrame.Command.Action.RELOAD, 0)
				.toCompletableFuture()
				.get(30, TimeUnit.SECONDS));
		worker.ready(0, 0);
		worker.close();
	}

	@Test
	void closingIsNoLossOfThePrimary() throws Exception {
		Worker worker = connect(0);
		worker.listen(this.wishes);
		worker.close();
		await().atMost(LIMIT).until(() -> !received().closed.isEmpty());
		await().atMost(LIMIT)
			.until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(WorkerIntegrationTests::isOfLink));
		assertThat(this.wishes.told).isEmpty();
	}

	@Test
	void commandsAreAnswered() throws Exception {
		Worker worker = connect(0);
		CompletableFuture<LinkFrame.CommandResult> first = worker.command(LinkFrame.Command.Action.SCALE, 3)
			.toCompletableFuture();
		CompletableFuture<LinkFrame.CommandResult> second = worker.command(LinkFrame.Command.Action.RELOAD, 0)
			.toCompletableFuture();
		await().atMost(LIMIT).until(() -> received().frames(LinkFrame.Command.class).size() == 2);
		LinkFrame.Command scale = received().frames(LinkFrame.Command.class).get(0);
		LinkFrame.Command reload = received().frames(LinkFrame.Command.class).get(1);
		assertThat(scale.action()).isEqualTo(LinkFrame.Command.Action.SCALE);
		assertThat(scale.argument()).isEqualTo(3);
		LinkFrame.CommandResult refused = new LinkFrame.CommandResult(reload.id(), false, 4, "no");
		LinkFrame.CommandResult done = new LinkFrame.CommandResult(scale.id(), true, 0, "");
		received().send(refused);
		received().send(done);
		assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(done);
		assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(refused);
	}

	@Test
	void commandThatIsNotAnsweredFails() throws Exception {
		Worker worker = connect(0);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(
				() -> worker.command(LinkFrame.Command.Action.DRAIN, 0).toCompletableFuture().get(60, TimeUnit.SECONDS))
			.withMessageContaining("not answered");
	}

	@Test
	void messagesGoToAllMembersOrToOne() throws Exception {
		Worker worker = connect(0);
		ClusterTransport transport = worker.transport();
		assertThat(transport.memberId()).isEqualTo("2@" + FakePrimary.HOST_ID);
		RecordedMembers members = new RecordedMembers();
		transport.open(members);
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(received().frames(LinkFrame.Join.class))
				.containsExactly(new LinkFrame.Join(NUMBER)));
		transport.publish(text("to all"));
		transport.send("7@" + FakePrimary.HOST_ID, text("to one"));
		for (String nobody : List.of("7@elsewhere", "", "@", "x@" + FakePrimary.HOST_ID, "7")) {
			ByteBuf message = text("to nobody");
			transport.send(nobody, message);
			assertThat(message.refCnt()).isZero();
		}
		ping();
		assertThat(received().frames(LinkFrame.Message.class)).extracting(LinkFrame.Message::worker)
			.containsExactly(0, 7);
		assertThat(received().payloads).containsExactly("to all", "to one");
		received().send(new LinkFrame.Join(7));
		received().send(new LinkFrame.Message(7, text("hello")));
		received().send(new LinkFrame.Leave(7));
		received().send(new LinkFrame.Leave(8));
		String id = "7@" + FakePrimary.HOST_ID;
		await().atMost(LIMIT)
			.untilAsserted(
					() -> assertThat(members.told).containsExactly(id + " joins", id + ": hello", id + " leaves"));
		transport.close();
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(received().frames(LinkFrame.Leave.class))
				.containsExactly(new LinkFrame.Leave(NUMBER)));
	}

	@Test
	void allMembersLeaveWithThePrimary() throws Exception {
		Worker worker = connect(0);
		RecordedMembers members = new RecordedMembers();
		worker.transport().open(members);
		// As a primary does: a worker that is no member yet is not told of others
		await().atMost(LIMIT).until(() -> !received().frames(LinkFrame.Join.class).isEmpty());
		received().send(new LinkFrame.Join(7));
		await().atMost(LIMIT).until(() -> members.told.size() == 1);
		received().link().close();
		await().atMost(LIMIT).until(() -> members.told.contains("7@" + FakePrimary.HOST_ID + " leaves"));
		ByteBuf message = text("too late");
		assertThatExceptionOfType(ClusterUnreachableException.class)
			.isThrownBy(() -> worker.transport().publish(message));
		assertThat(message.refCnt()).isZero();
	}

	@Test
	void messageTooLongIsRefused() throws Exception {
		Worker worker = connect(0);
		ByteBuf message = Unpooled.wrappedBuffer(new byte[FakePrimary.CONFIG.maxFrame()]);
		assertThatExceptionOfType(ClusterUnreachableException.class)
			.isThrownBy(() -> worker.transport().publish(message));
		assertThat(message.refCnt()).isZero();
		worker.transport().publish(text("short"));
		await().atMost(LIMIT).until(() -> received().payloads.contains("short"));
	}

	@Test
	void threadThatPublishesWaitsForPrimaryThatReadsAgain() throws Exception {
		Worker worker = connect(0);
		received().link().setReading(false);
		CompletableFuture<Integer> publishing = CompletableFuture.supplyAsync(() -> {
			for (int i = 0; i < 200; i++) {
				worker.transport().publish(Unpooled.wrappedBuffer(new byte[20_000]));
			}
			return 200;
		});
		await().atMost(LIMIT).until(() -> !link(worker).isWritable());
		received().link().setReading(true);
		assertThat(publishing.get(60, TimeUnit.SECONDS)).isEqualTo(200);
		await().atMost(LIMIT).until(() -> received().payloads.size() == 200);
		assertThat(received().closed).isEmpty();
	}

	@Test
	void publishFailsWhenThePrimaryReadsNothingForLong() throws Exception {
		Worker worker = connect(0);
		received().link().setReading(false);
		assertThatExceptionOfType(ClusterUnreachableException.class).isThrownBy(() -> {
			for (int i = 0; i < 200; i++) {
				worker.transport().publish(Unpooled.wrappedBuffer(new byte[20_000]));
			}
		});
		assertThat(received().closed).isEmpty();
	}

	@Test
	void eventLoopNeverWaitsToPublish() throws Exception {
		Worker worker = connect(0);
		received().link().setReading(false);
		// Several times what the kernel and the link's high water take
		int published = this.primary.on(() -> {
			int count = 0;
			try {
				while (count < 1000) {
					worker.transport().publish(Unpooled.wrappedBuffer(new byte[20_000]));
					count++;
				}
			}
			catch (ClusterUnreachableException ex) {
				// Expected
			}
			return count;
		});
		assertThat(published).isBetween(20, 999);
		received().link().setReading(true);
		await().atMost(LIMIT).until(() -> received().payloads.size() == published);
		assertThat(received().closed).isEmpty();
	}

	@Test
	void workerServesWithoutNativeTransport() throws Exception {
		Worker worker = Worker.connect(this.primary.identity(NUMBER), 0, FakePrimary.CONFIG, NioIoHandler.newFactory())
			.toCompletableFuture()
			.get(30, TimeUnit.SECONDS);
		this.workers.add(worker);
		open(worker);
		worker.ready(1, 0);
		await().atMost(LIMIT).until(() -> received().frames(LinkFrame.Ready.class).size() == 1);
		host(worker, false, WorkerState.READY, WorkerState.READY);
		assertThat(worker.connections().isElsewhere("wrk1abcd")).isFalse();
		assertThat(received().link().isDescriptorCapable()).isFalse();
	}

	@Test
	void missingPrimaryFails() {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> Worker
			.connect(new WorkerIdentity(this.directory.resolve("none"), "t", "h", 0, 1, "abcd"), 0, FakePrimary.CONFIG)
			.toCompletableFuture()
			.get(30, TimeUnit.SECONDS));
		await().atMost(LIMIT)
			.until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(WorkerIntegrationTests::isOfLink));
	}

	private FakePrimary.Received received() {
		return this.primary.worker(NUMBER);
	}

	private Worker connect(int workerPort) throws Exception {
		Worker worker = Worker.connect(this.primary.identity(NUMBER), workerPort, FakePrimary.CONFIG)
			.toCompletableFuture()
			.get(30, TimeUnit.SECONDS);
		this.workers.add(worker);
		return worker;
	}

	private InetSocketAddress open(Worker worker) throws Exception {
		return worker.connections().open(this.sink).toCompletableFuture().get(30, TimeUnit.SECONDS);
	}

	private void host(Worker worker, boolean draining, WorkerState... states) {
		HostStatus status = FakePrimary.status(draining, states);
		received().send(new LinkFrame.Host(status));
		await().atMost(LIMIT).until(() -> status.equals(worker.host()));
	}

	/**
	 * Wait until the worker has taken all frames sent so far, and answered them.
	 */
	private void ping() {
		long time = System.nanoTime();
		received().send(new LinkFrame.Ping(time));
		await().atMost(LIMIT).until(() -> received().frames.contains(new LinkFrame.Pong(time)));
	}

	private static Link link(Worker worker) {
		return ((PrimaryConnections) worker.connections()).link();
	}

	private static boolean isOfLink(Thread thread) {
		return thread.getName().startsWith("socketio-link");
	}

	private static ByteBuf text(String text) {
		return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
	}

	private static FileDescriptor descriptor(@Nullable FileDescriptor descriptor) {
		if (descriptor == null) {
			throw new AssertionError("no descriptor");
		}
		return descriptor;
	}

	private TcpPair pair() throws IOException {
		TcpPair pair = TcpPair.open();
		this.closeables.add(pair);
		return pair;
	}

	private static void assertOpen(TcpPair pair) throws IOException {
		pair.client().setSoTimeout(100);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> pair.client().getInputStream().read());
	}

	private static void assertClosed(TcpPair pair) throws IOException {
		pair.client().setSoTimeout((int) LIMIT.toMillis());
		int read;
		try {
			read = pair.client().getInputStream().read();
		}
		catch (SocketException ex) {
			read = -1;
		}
		assertThat(read).isEqualTo(-1);
	}

	private static IoHandlerFactory transport() {
		return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
	}

	/**
	 * A TCP connection: its client, and the other end as a channel of no loop.
	 */
	private record TcpPair(Socket client, EpollSocketChannel accepted) implements AutoCloseable {

		static TcpPair open() throws IOException {
			io.netty.channel.unix.Socket listening = io.netty.channel.unix.Socket.newSocketStream();
			try {
				listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				listening.listen(1);
				Socket client = new Socket(InetAddress.getLoopbackAddress(), listening.localAddress().getPort());
				int descriptor;
				do {
					descriptor = listening.accept(new byte[26]);
				}
				while (descriptor < 0);
				return new TcpPair(client, new EpollSocketChannel(descriptor));
			}
			finally {
				listening.close();
			}
		}

		@Override
		public void close() throws IOException {
			this.client.close();
			Channel.Unsafe unsafe = this.accepted.unsafe();
			unsafe.closeForcibly();
		}

	}

	private static final class RecordedWishes implements Worker.Listener {

		final Queue<Object> told = new ConcurrentLinkedQueue<>();

		@Override
		public void onDrain(boolean closeSessions) {
			this.told.add("drain " + closeSessions);
		}

		@Override
		public void onStop() {
			this.told.add("stop");
		}

		@Override
		public void onPrimaryLost() {
			this.told.add("lost");
		}

		@Override
		public void onHost(HostStatus status) {
			this.told.add(status);
		}

	}

	private static final class RecordedMembers implements ClusterTransport.Listener {

		final Queue<String> told = new ConcurrentLinkedQueue<>();

		@Override
		public void onMessage(String memberId, ByteBuf message) {
			this.told.add(memberId + ": " + message.toString(StandardCharsets.ISO_8859_1));
		}

		@Override
		public void onJoin(String memberId) {
			this.told.add(memberId + " joins");
		}

		@Override
		public void onLeave(String memberId) {
			this.told.add(memberId + " leaves");
		}

	}

}
