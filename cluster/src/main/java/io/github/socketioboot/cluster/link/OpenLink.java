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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link over two connections. Frames of all threads go through one queue, which the loop
 * empties with one flush a turn.
 */
final class OpenLink implements Link {

	private static final Logger logger = LoggerFactory.getLogger(OpenLink.class);

	/**
	 * How long until descriptors are tried again when the kernel takes no more. It does
	 * not tell when it does: Netty would, but only of what it writes itself, and its own
	 * writing of descriptors fails for good when the kernel takes no more.
	 */
	private static final long DESCRIPTOR_PAUSE_MILLIS = 2;

	private final int worker;

	private final long peerPid;

	private final Channel frames;

	private final LinkConfig config;

	private final LinkListener listener;

	private final Queue<EncodedFrame> outbound = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean flushScheduled = new AtomicBoolean();

	private final AtomicLong queued = new AtomicLong();

	private final AtomicBoolean writable = new AtomicBoolean(true);

	private final AtomicReference<@Nullable String> closeReason = new AtomicReference<>();

	/** Event loop only. */
	private boolean toldWritable = true;

	/** Event loop only. */
	private boolean descriptorsBlocked;

	private volatile @Nullable Channel descriptors;

	private volatile boolean peerTakesDescriptors;

	/**
	 * Create a link. Event loop only.
	 * @param worker number of the worker
	 * @param frames connection of the frames
	 * @param config bounds
	 * @param listener takes what comes
	 */
	OpenLink(int worker, Channel frames, LinkConfig config, LinkListener listener) {
		this.worker = worker;
		this.frames = frames;
		this.peerPid = LinkSockets.peerPid(frames);
		this.config = config;
		this.listener = listener;
	}

	@Override
	public int worker() {
		return this.worker;
	}

	@Override
	public long peerPid() {
		return this.peerPid;
	}

	@Override
	public EventLoop loop() {
		return this.frames.eventLoop();
	}

	@Override
	public boolean send(LinkFrame frame) {
		if (this.closeReason.get() != null) {
			EncodedFrame.release(frame);
			return false;
		}
		EncodedFrame encoded = EncodedFrame.of(frame, this.frames.alloc());
		int size = encoded.size();
		if (size - EncodedFrame.LENGTH_SIZE > this.config.maxFrame()) {
			encoded.release();
			throw new IllegalArgumentException(
					"a frame of " + size + " bytes (expected: at most " + this.config.maxFrame() + ")");
		}
		long nowQueued = this.queued.addAndGet(size);
		if (nowQueued > this.config.maxQueued()) {
			encoded.release();
			this.queued.addAndGet(-size);
			close("more than " + this.config.maxQueued() + " bytes are queued", false);
			return false;
		}
		if (nowQueued > this.config.highWater() && this.writable.compareAndSet(true, false)) {
			execute(this::tellUnwritable);
		}
		this.outbound.add(encoded);
		if (this.flushScheduled.compareAndSet(false, true)) {
			execute(this::flush);
		}
		return true;
	}

	@Override
	public long queued() {
		return this.queued.get();
	}

	@Override
	public boolean isWritable() {
		return this.writable.get();
	}

	@Override
	public boolean isDescriptorCapable() {
		return this.peerTakesDescriptors && this.descriptors != null && this.closeReason.get() == null;
	}

	@Override
	public boolean trySendDescriptor(FileDescriptor descriptor) throws IOException {
		Channel channel = this.descriptors;
		if (channel == null || !this.peerTakesDescriptors) {
			throw new IOException("descriptors cannot be passed to worker " + this.worker);
		}
		if (!this.descriptorsBlocked && ((Socket) ((UnixChannel) channel).fd()).sendFd(descriptor.intValue()) >= 0) {
			return true;
		}
		if (!this.descriptorsBlocked) {
			this.descriptorsBlocked = true;
			loop().schedule(this::unblockDescriptors, DESCRIPTOR_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
		}
		return false;
	}

	@Override
	public void setReading(boolean reading) {
		this.frames.config().setAutoRead(reading);
	}

	@Override
	public void close() {
		close("closed here", true);
	}

	/**
	 * Close the link. Thread-safe.
	 * @param reason why
	 * @param flush whether to write what is queued as far as the kernel takes it
	 */
	void close(String reason, boolean flush) {
		if (this.closeReason.compareAndSet(null, reason)) {
			execute(() -> {
				if (flush) {
					flush();
				}
				this.frames.close();
			});
		}
	}

	/**
	 * Return whether the link is closed or about to be.
	 * @return {@code true} if so
	 */
	boolean isClosed() {
		return this.closeReason.get() != null;
	}

	/**
	 * Note that the link is open. Event loop only.
	 */
	void opened() {
		this.listener.onOpened(this);
	}

	/**
	 * Take a frame. Event loop only.
	 * @param frame the frame
	 */
	void received(LinkFrame frame) {
		if (frame instanceof LinkFrame.DescriptorsReady) {
			this.peerTakesDescriptors = true;
			this.listener.onDescriptorsWritable(this);
		}
		else if (frame instanceof LinkFrame.Hello || frame instanceof LinkFrame.Welcome) {
			close("a frame of type " + FrameType.of(frame) + " after the first", false);
		}
		else {
			this.listener.onFrame(this, frame);
		}
	}

	/**
	 * Take a descriptor. Event loop only.
	 * @param descriptor the descriptor
	 */
	void received(FileDescriptor descriptor) {
		this.listener.onDescriptor(this, descriptor);
	}

	/**
	 * Note that the other side has closed the connection of the frames, or this one has.
	 * Event loop only.
	 */
	void closed() {
		this.closeReason.compareAndSet(null, "closed by the other side");
		closeDescriptors();
		discard();
		this.listener.onClosed(this, String.valueOf(this.closeReason.get()));
	}

	/**
	 * Use a second connection. Event loop only.
	 * @param channel the connection, which reads descriptors from now on
	 * @param peerTakesDescriptors whether the other side does so already
	 * @return {@code false} if there is one already, or the link is closed
	 */
	boolean attach(Channel channel, boolean peerTakesDescriptors) {
		if (this.descriptors != null || isClosed()) {
			return false;
		}
		this.descriptors = channel;
		this.peerTakesDescriptors = peerTakesDescriptors;
		return true;
	}

	/**
	 * Use a second connection no more: it is closed. Event loop only.
	 * @param channel the connection
	 */
	void detach(Channel channel) {
		if (this.descriptors == channel) {
			this.peerTakesDescriptors = false;
			this.descriptors = null;
		}
	}

	/**
	 * Close the second connection if there is one.
	 */
	void closeDescriptors() {
		Channel channel = this.descriptors;
		if (channel != null) {
			channel.close();
		}
	}

	private void unblockDescriptors() {
		this.descriptorsBlocked = false;
		if (isDescriptorCapable()) {
			this.listener.onDescriptorsWritable(this);
		}
	}

	private void flush() {
		this.flushScheduled.set(false);
		if (!this.frames.isActive()) {
			discard();
			return;
		}
		boolean written = false;
		EncodedFrame frame;
		while ((frame = this.outbound.poll()) != null) {
			int size = frame.size();
			ChannelFuture future = this.frames.write(frame.head());
			if (frame.payload() != null) {
				future = this.frames.write(frame.payload());
			}
			future.addListener((ChannelFutureListener) (done) -> sent(size));
			written = true;
		}
		if (written) {
			this.frames.flush();
		}
	}

	private void sent(int size) {
		long left = this.queued.addAndGet(-size);
		if (left <= this.config.highWater() / 2 && this.writable.compareAndSet(false, true)) {
			// Not at once: the listener may send, and this may be a write of its own
			execute(this::tellWritability);
		}
	}

	/**
	 * Tell also if it is writable again by now: who has asked in between waits to hear
	 * it.
	 */
	private void tellUnwritable() {
		if (this.toldWritable && !isClosed()) {
			this.toldWritable = false;
			this.listener.onWritabilityChanged(this, false);
		}
		tellWritability();
	}

	private void tellWritability() {
		if (!this.toldWritable && this.writable.get() && !isClosed()) {
			this.toldWritable = true;
			this.listener.onWritabilityChanged(this, true);
		}
	}

	private void discard() {
		EncodedFrame frame;
		while ((frame = this.outbound.poll()) != null) {
			this.queued.addAndGet(-frame.size());
			frame.release();
		}
	}

	private void execute(Runnable task) {
		try {
			loop().execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The loop of the link of worker {} has ended", this.worker);
			discard();
		}
	}

}
