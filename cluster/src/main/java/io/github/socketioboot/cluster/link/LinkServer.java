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
import java.util.concurrent.CompletionStage;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The primary's end of all links: a Unix-domain socket in a private folder. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LinkServer {

	/**
	 * Create a server.
	 * @param socket path of the socket, in a folder that only this user may enter
	 * @param token what a worker must say
	 * @param welcome what workers are answered
	 * @param loop loop of all links
	 * @param config bounds
	 * @param gate decides who may connect
	 */
	@SuppressWarnings("UnusedVariable")
	public LinkServer(Path socket, String token, LinkFrame.Welcome welcome, EventLoop loop, LinkConfig config,
			Gate gate) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Listen.
	 * @return completed when workers can connect, or exceptionally with the cause
	 */
	public CompletionStage<@Nullable Void> start() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Close the socket and remove it; links stay.
	 * @return completed when this is done
	 */
	public CompletionStage<@Nullable Void> stop() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Decides who may connect. Called on the loop.
	 */
	@FunctionalInterface
	public interface Gate {

		/**
		 * Let a worker in.
		 * @param number the number that it says it has
		 * @param pid the process that the kernel says it is, or 0 if that is not known
		 * @return what takes its frames, or {@code null} to turn it away
		 */
		@Nullable LinkListener admit(int number, long pid);

	}

}
