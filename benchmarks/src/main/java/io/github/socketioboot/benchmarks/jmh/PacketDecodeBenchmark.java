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

package io.github.socketioboot.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.protocol.PacketFormatException;
import io.github.socketioboot.engine.protocol.PacketLimits;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/**
 * From a message's bytes, as they lie in the channel's buffer, to a packet.
 *
 * @since 0.1.0
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PacketDecodeBenchmark {

	private static final int MAX_ATTACHMENTS = 10;

	private static final int ATTACHMENT_SIZE = 1024;

	private final SocketPacketDecoder decoder = new SocketPacketDecoder(
			new PacketLimits(JsonMapper.builder().build(), MAX_ATTACHMENTS));

	private final ByteBuf text = message("2[\"news\",\"" + "0123456789abcdef".repeat(4) + "\"]");

	private final ByteBuf object = message("2/chat,12[\"news\",{\"room\":\"lobby\",\"from\":\"someone\",\"likes\":3,"
			+ "\"tags\":[\"a\",\"b\",\"c\"],\"edited\":false}]");

	private final ByteBuf binary = message(
			"51-[\"image\",{\"name\":\"a.png\",\"data\":{\"_placeholder\":true,\"num\":0}}]");

	private final ByteBuf attachment = Unpooled.directBuffer().writeZero(ATTACHMENT_SIZE);

	private static ByteBuf message(String text) {
		return Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Decodes an event with one text argument.
	 * @return the packet
	 * @throws PacketFormatException never
	 */
	@Benchmark
	public @Nullable SocketPacket text() throws PacketFormatException {
		return this.decoder.decodeText(this.text.readerIndex(0));
	}

	/**
	 * Decodes an event with one object, a namespace and an acknowledgement id.
	 * @return the packet
	 * @throws PacketFormatException never
	 */
	@Benchmark
	public @Nullable SocketPacket object() throws PacketFormatException {
		return this.decoder.decodeText(this.object.readerIndex(0));
	}

	/**
	 * Decodes an event with one attachment of 1 KiB.
	 * @return the packet
	 * @throws PacketFormatException never
	 */
	@Benchmark
	public @Nullable SocketPacket binary() throws PacketFormatException {
		this.decoder.decodeText(this.binary.readerIndex(0));
		return this.decoder.addBinary(this.attachment.readerIndex(0));
	}

}
