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

import io.netty.channel.unix.FileDescriptor;

/**
 * Takes what comes over a link. Called on the link's event loop; must not block.
 *
 * @since 0.1.0
 */
public interface LinkListener {

	/**
	 * Note that the link is open. Called once, first.
	 * @param link the link
	 */
	default void onOpened(Link link) {
	}

	/**
	 * Take a frame. A frame with a buffer passes its ownership.
	 * @param link the link
	 * @param frame the frame
	 */
	void onFrame(Link link, LinkFrame frame);

	/**
	 * Take a descriptor.
	 * @param link the link
	 * @param descriptor the descriptor; ownership passes
	 */
	void onDescriptor(Link link, FileDescriptor descriptor);

	/**
	 * Go on to send descriptors after {@link Link#trySendDescriptor} has refused one, or
	 * begin to: {@link Link#isDescriptorCapable()} has become true.
	 * @param link the link
	 */
	void onDescriptorsWritable(Link link);

	/**
	 * Note that the link takes frames again without queueing many, or does so no longer.
	 * @param link the link
	 * @param writable whether it does
	 */
	void onWritabilityChanged(Link link, boolean writable);

	/**
	 * Note that the link is closed. Called once, last.
	 * @param link the link
	 * @param reason why, for the log
	 */
	void onClosed(Link link, String reason);

}
