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

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.socketioboot.engine.protocol.EncodedPacket;
import io.github.socketioboot.engine.protocol.SocketPacket;
import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import io.github.socketioboot.engine.protocol.SocketPacketType;
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
 * From a payload to the bytes that all receivers share.
 *
 * @since 0.1.0
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PacketEncodeBenchmark {

	private static final String NAMESPACE = "/chat";

	private static final long ACK_ID = 12;

	private final SocketPacketEncoder encoder = new SocketPacketEncoder(JsonMapper.builder().build());

	private final List<Object> text = List.of("news", "0123456789abcdef".repeat(4));

	private final List<Object> object = List.of("news",
			Map.of("room", "lobby", "from", "someone", "likes", 3, "tags", List.of("a", "b", "c"), "edited", false));

	private final List<Object> binary = List.of("image", Map.of("name", "a.png", "data", new byte[1024]));

	/**
	 * Encodes an event with one text argument.
	 * @return the length of the packet, in bytes
	 */
	@Benchmark
	public int text() {
		return encode(SocketPacket.ROOT, SocketPacket.NO_ID, this.text);
	}

	/**
	 * Encodes an event with one object, a namespace and an acknowledgement id.
	 * @return the length of the packet, in bytes
	 */
	@Benchmark
	public int object() {
		return encode(NAMESPACE, ACK_ID, this.object);
	}

	/**
	 * Encodes an event with one attachment of 1 KiB.
	 * @return the length of the packet, in bytes
	 */
	@Benchmark
	public int binary() {
		return encode(SocketPacket.ROOT, SocketPacket.NO_ID, this.binary);
	}

	private int encode(String namespace, long id, List<Object> data) {
		EncodedPacket packet = this.encoder.encode(SocketPacketType.EVENT, namespace, id, data);
		int size = packet.size();
		packet.release();
		return size;
	}

}
