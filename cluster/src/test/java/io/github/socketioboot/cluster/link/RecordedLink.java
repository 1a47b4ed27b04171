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

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A listener that remembers what it is told. Thread-safe.
 */
final class RecordedLink implements LinkListener {

	final Queue<LinkFrame> frames = new ConcurrentLinkedQueue<>();

	final Queue<byte[]> payloads = new ConcurrentLinkedQueue<>();

	final Queue<FileDescriptor> descriptors = new ConcurrentLinkedQueue<>();

	final Queue<Boolean> writability = new ConcurrentLinkedQueue<>();

	final List<String> closed = new ArrayList<>();

	volatile @Nullable Link link;

	volatile int descriptorsWritable;

	volatile BiConsumer<Link, LinkFrame> onFrame = (link, frame) -> {
	};

	volatile Runnable onDescriptorsWritable = () -> {
	};

	@Override
	public void onOpened(Link link) {
		this.link = link;
	}

	@Override
	public void onFrame(Link link, LinkFrame frame) {
		ByteBuf payload = FrameType.of(frame).payload(frame);
		if (payload != null) {
			byte[] bytes = new byte[payload.readableBytes()];
			payload.readBytes(bytes);
			payload.release();
			this.payloads.add(bytes);
		}
		this.frames.add(frame);
		this.onFrame.accept(link, frame);
	}

	@Override
	public void onDescriptor(Link link, FileDescriptor descriptor) {
		this.descriptors.add(descriptor);
	}

	@Override
	@SuppressWarnings("NonAtomicVolatileUpdate")
	public void onDescriptorsWritable(Link link) {
		this.descriptorsWritable++;
		this.onDescriptorsWritable.run();
	}

	@Override
	public void onWritabilityChanged(Link link, boolean writable) {
		this.writability.add(writable);
	}

	@Override
	public synchronized void onClosed(Link link, String reason) {
		this.closed.add(reason);
	}

	synchronized List<String> closed() {
		return List.copyOf(this.closed);
	}

	Link link() {
		Link opened = this.link;
		if (opened == null) {
			throw new AssertionError("the link is not open");
		}
		return opened;
	}

}
