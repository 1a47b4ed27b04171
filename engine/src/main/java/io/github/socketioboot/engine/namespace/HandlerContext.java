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

package io.github.socketioboot.engine.namespace;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What surrounds the work of handlers on their threads: who the client is to a security
 * framework, or what log lines are marked with. Opened before each thing that a handler
 * is told of a socket, its authentication included, and closed after it, on the same
 * thread. Thread-safe, quick, and throws nothing.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HandlerContext {

	/**
	 * Make the context of a socket that of the calling thread.
	 * @param socket the socket whose handler is about to run
	 * @return puts back what was before
	 */
	Scope open(Socket socket);

	/**
	 * Make one context of several.
	 * @param contexts the contexts, the outermost first
	 * @return one that opens all of them, in order, or {@code null} if there is none
	 */
	static @Nullable HandlerContext of(List<? extends HandlerContext> contexts) {
		HandlerContext all = null;
		for (HandlerContext context : contexts) {
			all = (all != null) ? nested(all, context) : context;
		}
		return all;
	}

	private static HandlerContext nested(HandlerContext outer, HandlerContext inner) {
		return (socket) -> {
			Scope outerScope = outer.open(socket);
			Scope innerScope = inner.open(socket);
			return () -> {
				innerScope.close();
				outerScope.close();
			};
		};
	}

	/**
	 * An open context. For the thread that opened it.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		/**
		 * Put back what was before. Called once.
		 */
		@Override
		void close();

	}

}
