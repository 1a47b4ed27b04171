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

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.supervisor.ReloadStatus;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.cluster.supervisor.WorkerStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FrameType}, {@link EncodedFrame} and {@link LinkFrameDecoder}.
 */
class LinkFrameTests {

	private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

	@Test
	void eachFrameHasTypeOfItsOwn() {
		Set<Integer> codes = new HashSet<>();
		for (FrameType type : FrameType.values()) {
			assertThat(codes.add(type.code())).isTrue();
			assertThat(FrameType.of(type.code())).isSameAs(type);
		}
		assertThat(LinkFrame.class.getPermittedSubclasses()).hasSize(FrameType.values().length);
		assertThat(frames().map(FrameType::of)).containsExactlyInAnyOrder(FrameType.values());
		frames().forEach(EncodedFrame::release);
	}

	@ParameterizedTest
	@MethodSource("frames")
	void frameIsReadAsItWasWritten(LinkFrame frame) {
		EmbeddedChannel channel = new EmbeddedChannel(new LinkFrameDecoder());
		EncodedFrame encoded = EncodedFrame.of(frame, ALLOCATOR);
		assertThat(encoded.size()).isEqualTo(encoded.head().readableBytes());
		assertThat(channel.writeInbound(encoded.head())).isTrue();
		LinkFrame read = channel.readInbound();
		if (FrameType.of(frame).payload(frame) != null) {
			assertThat(read).hasSameClassAs(frame);
			ByteBuf payload = FrameType.of(read).payload(read);
			assertThat(payload).isEqualTo(Unpooled.wrappedBuffer(new byte[] { 1, 2, 3 }));
			EncodedFrame.release(read);
		}
		else {
			assertThat(read).isEqualTo(frame);
		}
		assertThat(channel.finish()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("frames")
	void frameThatIsCutShortIsMalformed(LinkFrame frame) {
		boolean payload = FrameType.of(frame).payload(frame) != null;
		ByteBuf encoded = EncodedFrame.of(frame, ALLOCATOR).head();
		int body = encoded.readableBytes() - EncodedFrame.LENGTH_SIZE - (payload ? 3 : 0);
		for (int length = 0; length < body; length++) {
			ByteBuf cut = Unpooled.buffer().writeInt(length).writeBytes(encoded, EncodedFrame.LENGTH_SIZE, length);
			EmbeddedChannel channel = new EmbeddedChannel(new LinkFrameDecoder());
			assertThatExceptionOfType(DecoderException.class).as("%s bytes of %s", length, body)
				.isThrownBy(() -> channel.writeInbound(cut));
		}
		encoded.release();
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 10_001, Integer.MAX_VALUE })
	void listOfTooManyElementsIsMalformed(int size) {
		ByteBuf report = Unpooled.buffer();
		FrameType.REPORT.write(new LinkFrame.Report(WorkerReport.NONE), report);
		report.setInt(report.writerIndex() - Integer.BYTES, size);
		assertThatExceptionOfType(CorruptedFrameException.class).isThrownBy(() -> FrameType.REPORT.read(report))
			.withMessageContaining(size + " elements");
	}

	@Test
	void secretsAreNotWrittenOut() {
		assertThat(new LinkFrame.Hello("secret", 3, false).toString()).doesNotContain("secret");
		assertThat(new WorkerIdentity(Path.of("x"), "secret", "host", 0, 1, "abcd").toString())
			.doesNotContain("secret");
	}

	@Test
	void identityGoesThroughTheEnvironment() {
		WorkerIdentity identity = new WorkerIdentity(Path.of("/a b"), "secret", "host", 0, 1, "abcd");
		assertThat(WorkerIdentity.from(identity.environment())).isEqualTo(identity);
		assertThat(WorkerIdentity.from(Map.of())).isNull();
	}

	static Stream<LinkFrame> frames() {
		WorkerReport report = new WorkerReport(1, 2, 3, 4, true,
				List.of(new WorkerReport.Sample("socketio.sockets", Map.of("namespace", "/ä"), 1.25)));
		HostStatus status = new HostStatus(1, 2, "localhost", 9092, 3, true, false,
				List.of(new HostStatus.WorkerView(new WorkerStatus(0, 1, 99, WorkerState.BACKOFF, 5, 6, "why"), "abcd",
						7, report)),
				new ReloadStatus(2, "aborted", "for a reason"));
		return Stream.of(new LinkFrame.Hello("token", 7, true), new LinkFrame.Welcome("::1", 65_535, true),
				new LinkFrame.DescriptorsReady(), new LinkFrame.Ready(1, 2, "/tmp/x y/w1.sock"),
				new LinkFrame.Sessions(Integer.MAX_VALUE, Long.MAX_VALUE), new LinkFrame.Report(report),
				new LinkFrame.HandOver(-1, bytes()), new LinkFrame.Accepted(Long.MIN_VALUE), new LinkFrame.Rejected(0),
				new LinkFrame.Message(3, bytes()), new LinkFrame.Join(4), new LinkFrame.Leave(5),
				new LinkFrame.Host(status), new LinkFrame.Drain(true), new LinkFrame.Stop(),
				new LinkFrame.Command(6, LinkFrame.Command.Action.SCALE, -7),
				new LinkFrame.CommandResult(8, true, 9, "é"), new LinkFrame.Ping(-10), new LinkFrame.Pong(11));
	}

	private static ByteBuf bytes() {
		return Unpooled.wrappedBuffer(new byte[] { 1, 2, 3 });
	}

}
