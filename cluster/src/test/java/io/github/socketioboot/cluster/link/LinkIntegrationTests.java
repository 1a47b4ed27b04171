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

package io.github.socketioboot.cluster.link;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LinkServer}, {@link LinkConnector} and {@link Link} over real sockets.
 */
class LinkIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String TOKEN = "a secret";

	private static final LinkConfig CONFIG = new LinkConfig(1 << 20, 64 << 10, 4 << 20, Duration.ofSeconds(30));

	private final List<EventLoopGroup> groups = new ArrayList<>();

	private final RecordedLink primary = new RecordedLink();

	private final RecordedLink worker = new RecordedLink();

	private long admittedPid = -1;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	private @Nullable LinkServer server;

	@AfterEach
	void close() throws Exception {
		if (this.server != null) {
			this.server.stop().toCompletableFuture().get(30, TimeUnit.SECONDS);
		}
		for (EventLoopGroup group : this.groups) {
			group.shutdownGracefully(1, 5000, TimeUnit.MILLISECONDS);
		}
		for (EventLoopGroup group : this.groups) {
			assertThat(group.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void framesArriveInOrderBothWays(Transport transport) throws Exception {
		connect(transport, CONFIG);
		for (int i = 0; i < 5000; i++) {
			this.worker.link().send(new LinkFrame.Ping(i));
			this.primary.link().send(new LinkFrame.Pong(i));
		}
		await().atMost(LIMIT).until(() -> this.primary.frames.size() == 5000 && this.worker.frames.size() == 5000);
		long next = 0;
		for (LinkFrame frame : this.primary.frames) {
			assertThat(frame).isEqualTo(new LinkFrame.Ping(next++));
		}
		next = 0;
		for (LinkFrame frame : this.worker.frames) {
			assertThat(frame).isEqualTo(new LinkFrame.Pong(next++));
		}
	}

	@ParameterizedTest
	@EnumSource
	void payloadsOfAllSizesArriveUnchanged(Transport transport) throws Exception {
		connect(transport, CONFIG);
		Random random = new Random(42);
		List<byte[]> sent = new ArrayList<>();
		for (int size : new int[] { 0, 1, 1023, 1024, 1025, 65_535, 65_536, 100_000, 1_000_000, 3, (1 << 20) - 5 }) {
			byte[] bytes = new byte[size];
			random.nextBytes(bytes);
			sent.add(bytes);
			this.worker.link().send(new LinkFrame.Message(7, Unpooled.copiedBuffer(bytes)));
		}
		await().atMost(LIMIT).until(() -> this.primary.payloads.size() == sent.size());
		assertThat(this.primary.payloads).usingElementComparator(java.util.Arrays::compare)
			.containsExactlyElementsOf(sent);
		await().atMost(LIMIT).until(() -> this.worker.link().queued() == 0);
		assertThat(this.primary.closed()).isEmpty();
	}

	@Test
	void framesOfOneThreadKeepTheirOrderAmongThoseOfOthers() throws Exception {
		connect(Transport.NATIVE, CONFIG);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			int number = i;
			Thread thread = new Thread(() -> {
				for (int n = 0; n < 2000; n++) {
					this.worker.link().send(new LinkFrame.Sessions(number, n));
				}
			});
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		await().atMost(LIMIT).until(() -> this.primary.frames.size() == 8000);
		long[] next = new long[4];
		for (LinkFrame frame : this.primary.frames) {
			LinkFrame.Sessions sessions = (LinkFrame.Sessions) frame;
			assertThat(sessions.opened()).isEqualTo(next[sessions.open()]++);
		}
	}

	@Test
	void theProcessAtTheOtherEndIsKnown() throws Exception {
		connect(Transport.NATIVE, CONFIG);
		assertThat(this.admittedPid).isEqualTo(ProcessHandle.current().pid());
		assertThat(this.primary.link().peerPid()).isEqualTo(ProcessHandle.current().pid());
		assertThat(this.primary.link().worker()).isEqualTo(3);
		assertThat(this.worker.link().worker()).isEqualTo(3);
	}

	@Test
	void withoutNativeTransportNoDescriptorsArePassed() throws Exception {
		LinkConnector.Opened opened = connect(Transport.NIO, CONFIG);
		assertThat(opened.welcome()).isEqualTo(new LinkFrame.Welcome("localhost", 9092, false));
		assertThat(opened.link().isDescriptorCapable()).isFalse();
		assertThat(this.primary.link().isDescriptorCapable()).isFalse();
		assertThat(this.primary.link().peerPid()).isZero();
	}

	@Test
	void workerWithoutNativeTransportIsServedByPrimaryThatHasIt() throws Exception {
		listen(loop(Transport.NATIVE), CONFIG);
		LinkConnector.Opened opened = open(loop(Transport.NIO), CONFIG, TOKEN, this.worker);
		opened.link().send(new LinkFrame.Stop());
		await().atMost(LIMIT).until(() -> !this.primary.frames.isEmpty());
		assertThat(opened.link().isDescriptorCapable()).isFalse();
		assertThat(this.primary.link().isDescriptorCapable()).isFalse();
	}

	@Test
	void socketIsForItsOwnerOnlyAndIsRemoved() throws Exception {
		connect(Transport.NATIVE, CONFIG);
		assertThat(Files.getPosixFilePermissions(socket())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
		started().stop().toCompletableFuture().get(30, TimeUnit.SECONDS);
		assertThat(socket()).doesNotExist();
		this.worker.link().send(new LinkFrame.Stop());
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.primary.frames).hasSize(1));
	}

	@ParameterizedTest
	@EnumSource
	void wrongTokenIsTurnedAway(Transport transport) throws Exception {
		listen(loop(transport), CONFIG);
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> open(loop(transport), CONFIG, "another", this.worker));
		assertThat(this.admittedPid).isEqualTo(-1);
		open(loop(transport), CONFIG, TOKEN, this.worker);
	}

	@Test
	void gateTurnsAway() throws Exception {
		this.server = new LinkServer(socket(), TOKEN, new LinkFrame.Welcome("localhost", 9092, true),
				loop(Transport.NATIVE), CONFIG, (number, pid) -> null);
		this.server.start().toCompletableFuture().get(30, TimeUnit.SECONDS);
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> open(loop(Transport.NATIVE), CONFIG, TOKEN, this.worker));
	}

	@Test
	void secondLinkOfOneWorkerIsTurnedAway() throws Exception {
		connect(Transport.NATIVE, CONFIG);
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> open(loop(Transport.NATIVE), CONFIG, TOKEN, new RecordedLink()));
		assertThat(this.primary.closed()).isEmpty();
	}

	@Test
	void missingPrimaryFailsAtOnce() {
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> open(loop(Transport.NATIVE), CONFIG, TOKEN, this.worker));
	}

	@Test
	void connectionThatSaysNothingIsClosed() throws Exception {
		listen(loop(Transport.NATIVE), new LinkConfig(1024, 1024, 1024, Duration.ofMillis(50)));
		try (SocketChannel channel = raw()) {
			assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "474554202f20485454502f312e310d0a0d0a", "00000000", "ffffffff01", "0000000100",
			"000000017f", "000000020109", "00000001ff", "0000000103", "00000002120a" })
	void garbageIsTurnedAway(String hex) throws Exception {
		listen(loop(Transport.NATIVE), CONFIG);
		try (SocketChannel channel = raw()) {
			channel.write(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
			assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
		}
		assertThat(this.admittedPid).isEqualTo(-1);
		open(loop(Transport.NATIVE), CONFIG, TOKEN, this.worker);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000000", "7fffffff0a", "ffffffff", "000000016e", "0000000109", "000000031234ff",
			"0000000503ffffffff", "0000000201ff" })
	void garbageLaterClosesTheLinkWithReason(String hex) throws Exception {
		listen(loop(Transport.NATIVE), CONFIG);
		try (SocketChannel channel = raw()) {
			hello(channel, TOKEN);
			await().atMost(LIMIT).until(() -> this.primary.link != null);
			channel.write(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
			await().atMost(LIMIT).untilAsserted(() -> assertThat(this.primary.closed()).hasSize(1));
			assertThat(this.primary.closed().get(0)).startsWith("protocol error: ");
		}
	}

	@Test
	void framesCutAnywhereAreReadWhole() throws Exception {
		listen(loop(Transport.NATIVE), CONFIG);
		try (SocketChannel channel = raw()) {
			hello(channel, TOKEN);
			LinkFrame message = new LinkFrame.Message(1, Unpooled.copiedBuffer(new byte[] { 1, 2, 3 }));
			ByteBuf bytes = EncodedFrame.of(message, Unpooled.EMPTY_BUFFER.alloc()).head();
			while (bytes.isReadable()) {
				channel.write(bytes.readSlice(1).nioBuffer());
			}
			bytes.release();
			await().atMost(LIMIT).until(() -> this.primary.payloads.size() == 1);
			assertThat(this.primary.payloads.element()).containsExactly(1, 2, 3);
		}
	}

	@Test
	void frameTooLongIsNotSent() throws Exception {
		connect(Transport.NATIVE, CONFIG);
		ByteBuf payload = Unpooled.wrappedBuffer(new byte[CONFIG.maxFrame()]);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.worker.link().send(new LinkFrame.Message(0, payload)));
		assertThat(payload.refCnt()).isZero();
		assertThat(this.worker.link().send(new LinkFrame.Stop())).isTrue();
		assertThat(this.worker.link().queued()).isLessThan(100);
	}

	@ParameterizedTest
	@EnumSource
	void linkThatIsNotReadBecomesUnwritableAndWritableAgain(Transport transport) throws Exception {
		connect(transport, CONFIG);
		this.worker.link().setReading(false);
		int sent = 0;
		while (this.primary.link().isWritable()) {
			this.primary.link().send(new LinkFrame.Message(0, Unpooled.wrappedBuffer(new byte[1000])));
			sent++;
			if (sent % 10 == 0) {
				awaitLoop(this.primary.link());
			}
			assertThat(sent).isLessThan(100_000);
		}
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.primary.writability).containsExactly(false));
		assertThat(this.primary.link().queued()).isGreaterThan(CONFIG.highWater());
		this.worker.link().setReading(true);
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.primary.writability).containsExactly(false, true));
		int all = sent;
		await().atMost(LIMIT).until(() -> this.worker.payloads.size() == all);
		await().atMost(LIMIT).until(() -> this.primary.link().queued() == 0);
	}

	@Test
	void whoSeesTheLinkUnwritableHearsWhenItIsWritable() throws Exception {
		connect(Transport.NATIVE, CONFIG);
		int unwritable = on(this.primary.link(), () -> {
			this.primary.link().send(new LinkFrame.Ping(1));
			this.primary.link().send(new LinkFrame.Message(0, Unpooled.wrappedBuffer(new byte[CONFIG.highWater()])));
			return this.primary.link().isWritable() ? 0 : 1;
		});
		assertThat(unwritable).isEqualTo(1);
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.primary.writability).containsExactly(false, true));
	}

	@Test
	void overflowClosesTheLink() throws Exception {
		connect(Transport.NATIVE, CONFIG);
		this.worker.link().setReading(false);
		List<ByteBuf> payloads = new ArrayList<>();
		boolean sent = true;
		while (sent) {
			ByteBuf payload = Unpooled.wrappedBuffer(new byte[100_000]);
			payloads.add(payload);
			sent = this.primary.link().send(new LinkFrame.Message(0, payload));
			assertThat(payloads).hasSizeLessThan(10_000);
		}
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.primary.closed()).hasSize(1));
		assertThat(this.primary.closed().get(0)).contains("queued");
		this.worker.link().setReading(true);
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.worker.closed()).hasSize(1));
		await().atMost(LIMIT).untilAsserted(() -> assertThat(payloads).allMatch((payload) -> payload.refCnt() == 0));
		assertThat(this.primary.link().send(new LinkFrame.Stop())).isFalse();
		await().atMost(LIMIT).until(() -> this.primary.link().queued() == 0);
	}

	@ParameterizedTest
	@EnumSource
	void closingWritesWhatWasSentAndIsToldOnceOnBothSides(Transport transport) throws Exception {
		connect(transport, CONFIG);
		for (int i = 0; i < 100; i++) {
			this.worker.link().send(new LinkFrame.Ping(i));
		}
		this.worker.link().close();
		this.worker.link().close();
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.primary.closed()).hasSize(1));
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.worker.closed()).containsExactly("closed here"));
		assertThat(this.primary.frames).hasSize(100);
		ByteBuf payload = Unpooled.wrappedBuffer(new byte[3]);
		assertThat(this.worker.link().send(new LinkFrame.Message(0, payload))).isFalse();
		assertThat(payload.refCnt()).isZero();
		open(loop(transport), CONFIG, TOKEN, this.worker);
	}

	@Test
	void listenerThatFailsDoesNotCloseTheLink() throws Exception {
		connect(Transport.NATIVE, CONFIG);
		this.primary.onFrame = (link, frame) -> {
			throw new IllegalStateException("on purpose");
		};
		this.worker.link().send(new LinkFrame.Ping(1));
		this.worker.link().send(new LinkFrame.Ping(2));
		await().atMost(LIMIT).until(() -> this.primary.frames.size() == 2);
		assertThat(this.primary.closed()).isEmpty();
	}

	@Test
	void descriptorsArePassedBothWays() throws Exception {
		connect(Transport.NATIVE, CONFIG);
		await().atMost(LIMIT).until(() -> this.primary.descriptorsWritable == 1);
		assertThat(this.primary.link().isDescriptorCapable()).isTrue();
		assertThat(this.worker.link().isDescriptorCapable()).isTrue();
		EpollSocketChannel channel = new EpollSocketChannel();
		try {
			on(this.primary.link(), () -> this.primary.link().trySendDescriptor(channel.fd()));
			on(this.worker.link(), () -> this.worker.link().trySendDescriptor(channel.fd()));
			await().atMost(LIMIT)
				.until(() -> this.primary.descriptors.size() == 1 && this.worker.descriptors.size() == 1);
		}
		finally {
			channel.unsafe().closeForcibly();
			closeDescriptors();
		}
	}

	@Test
	void thousandsOfDescriptorsReachSlowReceiver() throws Exception {
		connect(Transport.NATIVE, CONFIG);
		await().atMost(LIMIT).until(() -> this.primary.link().isDescriptorCapable());
		EpollSocketChannel channel = new EpollSocketChannel();
		int[] left = { 3000 };
		int[] refused = { 0 };
		this.primary.onDescriptorsWritable = () -> {
			try {
				while (left[0] > 0) {
					if (!this.primary.link().trySendDescriptor(channel.fd())) {
						refused[0]++;
						return;
					}
					left[0]--;
				}
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		};
		// The receiver sleeps until the sender has been refused
		Object monitor = new Object();
		boolean[] blocked = { true };
		this.worker.link().loop().execute(() -> {
			synchronized (monitor) {
				while (blocked[0]) {
					try {
						monitor.wait();
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
						return;
					}
				}
			}
		});
		int received = 0;
		try {
			this.primary.link().loop().execute(this.primary.onDescriptorsWritable);
			await().atMost(LIMIT).until(() -> on(this.primary.link(), () -> refused[0] > 1));
			synchronized (monitor) {
				blocked[0] = false;
				monitor.notifyAll();
			}
			long deadline = System.nanoTime() + LIMIT.toNanos();
			while (received < 3000 && System.nanoTime() < deadline) {
				FileDescriptor descriptor = this.worker.descriptors.poll();
				if (descriptor != null) {
					descriptor.close();
					received++;
				}
				else {
					Thread.onSpinWait();
				}
			}
		}
		finally {
			synchronized (monitor) {
				blocked[0] = false;
				monitor.notifyAll();
			}
			channel.unsafe().closeForcibly();
			closeDescriptors();
		}
		assertThat(received).isEqualTo(3000);
		assertThat(this.primary.closed()).isEmpty();
	}

	@Test
	void linkServesOnWithoutItsSecondConnectionAndGetsAnother() throws Exception {
		connect(Transport.NATIVE, CONFIG);
		await().atMost(LIMIT).until(() -> this.primary.link().isDescriptorCapable());
		((OpenLink) this.primary.link()).closeDescriptors();
		await().atMost(LIMIT).until(() -> this.primary.descriptorsWritable == 2);
		assertThat(this.primary.link().isDescriptorCapable()).isTrue();
		assertThat(this.worker.link().isDescriptorCapable()).isTrue();
		assertThat(this.primary.closed()).isEmpty();
	}

	@Test
	void descriptorsCannotBeSentWithoutSecondConnection() throws Exception {
		assumeThat(Epoll.isAvailable()).isTrue();
		connect(Transport.NIO, CONFIG);
		EpollSocketChannel channel = new EpollSocketChannel();
		try {
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> this.primary.link().trySendDescriptor(channel.fd()));
		}
		finally {
			channel.unsafe().closeForcibly();
		}
	}

	private void closeDescriptors() throws IOException {
		for (FileDescriptor descriptor : Stream
			.concat(this.primary.descriptors.stream(), this.worker.descriptors.stream())
			.toList()) {
			descriptor.close();
		}
	}

	private LinkConnector.Opened connect(Transport transport, LinkConfig config) throws Exception {
		listen(loop(transport), config);
		LinkConnector.Opened opened = open(loop(transport), config, TOKEN, this.worker);
		await().atMost(LIMIT).until(() -> this.primary.link != null);
		return opened;
	}

	private void listen(EventLoop loop, LinkConfig config) throws Exception {
		this.server = new LinkServer(socket(), TOKEN, new LinkFrame.Welcome("localhost", 9092, true), loop, config,
				(number, pid) -> {
					this.admittedPid = pid;
					return this.primary;
				});
		this.server.start().toCompletableFuture().get(30, TimeUnit.SECONDS);
	}

	private LinkConnector.Opened open(EventLoop loop, LinkConfig config, String token, LinkListener listener)
			throws Exception {
		WorkerIdentity identity = new WorkerIdentity(this.directory, token, "0a0b0c0d", 0, 3, "abcd");
		return LinkConnector.connect(identity, loop, config, listener).toCompletableFuture().get(30, TimeUnit.SECONDS);
	}

	private LinkServer started() {
		if (this.server == null) {
			throw new AssertionError("no server");
		}
		return this.server;
	}

	private SocketChannel raw() throws IOException {
		SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
		channel.connect(UnixDomainSocketAddress.of(socket()));
		return channel;
	}

	private static void hello(SocketChannel channel, String token) throws IOException {
		ByteBuf hello = EncodedFrame.of(new LinkFrame.Hello(token, 3, false), Unpooled.EMPTY_BUFFER.alloc()).head();
		channel.write(hello.nioBuffer());
		hello.release();
	}

	private Path socket() {
		return WorkerIdentity.linkSocket(this.directory);
	}

	private static void awaitLoop(Link link) throws Exception {
		on(link, () -> true);
	}

	private static <T> T on(Link link, java.util.concurrent.Callable<T> task) throws Exception {
		return link.loop().submit(task).get(30, TimeUnit.SECONDS);
	}

	private EventLoop loop(Transport transport) {
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.factory());
		this.groups.add(group);
		return group.next();
	}

	enum Transport {

		NATIVE,

		NIO;

		IoHandlerFactory factory() {
			return (this == NATIVE && Epoll.isAvailable()) ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
		}

	}

}
