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

import io.netty.channel.EventLoop;
import io.netty.channel.unix.FileDescriptor;

/**
 * One end of the connection between the primary and a worker: frames in both directions,
 * in order, and descriptors. Thread-safe, except where a method says otherwise.
 *
 * @since 0.1.0
 */
public interface Link {

	/**
	 * Return the number of the worker.
	 * @return the number
	 */
	int worker();

	/**
	 * Return the process at the other end.
	 * @return its id, or 0 if the platform does not tell
	 */
	long peerPid();

	/**
	 * Return the loop on which the listener is called.
	 * @return the loop
	 */
	EventLoop loop();

	/**
	 * Send a frame. Frames of one thread keep their order. What is queued beyond
	 * {@link LinkConfig#maxQueued()} closes the link.
	 * @param frame the frame; its buffer's ownership passes, also if it is not sent
	 * @return {@code false} if the link is closed
	 */
	boolean send(LinkFrame frame);

	/**
	 * Return how much is queued.
	 * @return number of bytes that the kernel has not taken yet
	 */
	long queued();

	/**
	 * Return whether less is queued than {@link LinkConfig#highWater()}.
	 * @return {@code true} if so
	 */
	boolean isWritable();

	/**
	 * Return whether descriptors can be passed.
	 * @return {@code true} if both ends can and the second connection is open
	 */
	boolean isDescriptorCapable();

	/**
	 * Send a descriptor. Event loop only.
	 * @param descriptor the descriptor; stays the caller's
	 * @return {@code false} if it must be tried again after
	 * {@link LinkListener#onDescriptorsWritable}
	 * @throws java.io.IOException if it cannot be sent at all
	 */
	boolean trySendDescriptor(FileDescriptor descriptor) throws java.io.IOException;

	/**
	 * Begin or cease to read frames. Reading is on at first.
	 * @param reading whether to read
	 */
	void setReading(boolean reading);

	/**
	 * Close both connections.
	 */
	void close();

}
