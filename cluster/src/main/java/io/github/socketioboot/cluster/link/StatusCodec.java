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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.socketioboot.cluster.supervisor.ReloadStatus;
import io.github.socketioboot.cluster.supervisor.WorkerState;
import io.github.socketioboot.cluster.supervisor.WorkerStatus;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;

/**
 * How workers' reports and the status of a host are written. Plain binary rather than
 * JSON: a primary that needs no JSON takes several megabytes less. Immutable.
 */
final class StatusCodec {

	/**
	 * Most elements of a list. There are less of all kinds.
	 */
	private static final int MAX_ELEMENTS = 10_000;

	private StatusCodec() {
	}

	static void write(WorkerReport report, ByteBuf out) {
		out.writeInt(report.sessions());
		out.writeInt(report.sockets());
		out.writeLong(report.received());
		out.writeLong(report.sent());
		out.writeBoolean(report.draining());
		writeList(report.samples(), StatusCodec::writeSample, out);
	}

	static WorkerReport readReport(ByteBuf in) {
		return new WorkerReport(in.readInt(), in.readInt(), in.readLong(), in.readLong(), in.readBoolean(),
				readList(StatusCodec::readSample, in));
	}

	static void write(HostStatus status, ByteBuf out) {
		out.writeLong(status.pid());
		out.writeLong(status.memory());
		FrameType.writeText(status.host(), out);
		out.writeInt(status.port());
		out.writeInt(status.instances());
		out.writeBoolean(status.draining());
		out.writeBoolean(status.descriptors());
		writeList(status.workers(), StatusCodec::writeWorker, out);
		ReloadStatus reload = status.reload();
		out.writeInt(reload.id());
		FrameType.writeText(reload.state(), out);
		FrameType.writeText(reload.reason(), out);
	}

	static HostStatus readHost(ByteBuf in) {
		return new HostStatus(in.readLong(), in.readLong(), FrameType.readText(in), in.readInt(), in.readInt(),
				in.readBoolean(), in.readBoolean(), readList(StatusCodec::readWorker, in),
				new ReloadStatus(in.readInt(), FrameType.readText(in), FrameType.readText(in)));
	}

	private static void writeWorker(HostStatus.WorkerView worker, ByteBuf out) {
		WorkerStatus status = worker.status();
		out.writeInt(status.index());
		out.writeInt(status.number());
		out.writeLong(status.pid());
		FrameType.writeText(status.state().name(), out);
		out.writeLong(status.startedAt());
		out.writeInt(status.restarts());
		FrameType.writeText(status.reason(), out);
		FrameType.writeText(worker.sidPrefix(), out);
		out.writeLong(worker.memory());
		write(worker.report(), out);
	}

	private static HostStatus.WorkerView readWorker(ByteBuf in) {
		WorkerStatus status = new WorkerStatus(in.readInt(), in.readInt(), in.readLong(),
				WorkerState.valueOf(FrameType.readText(in)), in.readLong(), in.readInt(), FrameType.readText(in));
		return new HostStatus.WorkerView(status, FrameType.readText(in), in.readLong(), readReport(in));
	}

	private static void writeSample(WorkerReport.Sample sample, ByteBuf out) {
		FrameType.writeText(sample.name(), out);
		out.writeInt(sample.tags().size());
		sample.tags().forEach((key, value) -> {
			FrameType.writeText(key, out);
			FrameType.writeText(value, out);
		});
		out.writeDouble(sample.value());
	}

	private static WorkerReport.Sample readSample(ByteBuf in) {
		String name = FrameType.readText(in);
		int size = readSize(in);
		Map<String, String> tags = new HashMap<>();
		for (int i = 0; i < size; i++) {
			tags.put(FrameType.readText(in), FrameType.readText(in));
		}
		return new WorkerReport.Sample(name, tags, in.readDouble());
	}

	private static <T> void writeList(List<T> elements, BiConsumer<T, ByteBuf> writer, ByteBuf out) {
		out.writeInt(elements.size());
		elements.forEach((element) -> writer.accept(element, out));
	}

	private static <T> List<T> readList(Function<ByteBuf, T> reader, ByteBuf in) {
		return IntStream.range(0, readSize(in)).mapToObj((i) -> reader.apply(in)).toList();
	}

	private static int readSize(ByteBuf in) {
		int size = in.readInt();
		if (size < 0 || size > MAX_ELEMENTS) {
			throw new CorruptedFrameException("a list of " + size + " elements (expected: 0 to " + MAX_ELEMENTS + ")");
		}
		return size;
	}

}
