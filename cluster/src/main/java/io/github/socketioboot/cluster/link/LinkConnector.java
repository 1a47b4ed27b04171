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

import java.util.concurrent.CompletionStage;

import io.netty.channel.EventLoop;

/**
 * Opens the worker's end of a link. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LinkConnector {

	private LinkConnector() {
	}

	/**
	 * Connect to the primary.
	 * @param identity who connects
	 * @param loop loop of the link
	 * @param config bounds
	 * @param listener takes what comes
	 * @return completed with the link and the primary's first words, or exceptionally
	 * with the cause
	 */
	public static CompletionStage<Opened> connect(WorkerIdentity identity, EventLoop loop, LinkConfig config,
			LinkListener listener) {
		throw new UnsupportedOperationException();
	}

	/**
	 * An open link.
	 *
	 * @param link the link
	 * @param welcome the primary's first words
	 */
	public record Opened(Link link, LinkFrame.Welcome welcome) {

	}

}
