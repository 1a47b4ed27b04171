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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.channel.EventLoop;
import io.netty.channel.unix.FileDescriptor;

/**
 * A link that keeps what is sent. Thread-safe.
 */
public final class RecordingLink implements Link {

	public final List<LinkFrame> frames = new CopyOnWriteArrayList<>();

	public final List<Integer> descriptors = new CopyOnWriteArrayList<>();

	public volatile boolean capable = true;

	public volatile boolean blocked;

	public volatile boolean broken;

	public volatile boolean closed;

	private final int worker;

	public RecordingLink(int worker) {
		this.worker = worker;
	}

	@Override
	public int worker() {
		return this.worker;
	}

	@Override
	public long peerPid() {
		return 0;
	}

	@Override
	public EventLoop loop() {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean send(LinkFrame frame) {
		if (frame instanceof LinkFrame.HandOver handOver) {
			handOver.bytes().release();
		}
		this.frames.add(frame);
		return true;
	}

	@Override
	public long queued() {
		return 0;
	}

	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public boolean isDescriptorCapable() {
		return this.capable;
	}

	@Override
	public boolean trySendDescriptor(FileDescriptor descriptor) throws IOException {
		if (this.broken) {
			throw new IOException("broken");
		}
		if (this.blocked) {
			return false;
		}
		this.descriptors.add(descriptor.intValue());
		return true;
	}

	@Override
	public void setReading(boolean reading) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
