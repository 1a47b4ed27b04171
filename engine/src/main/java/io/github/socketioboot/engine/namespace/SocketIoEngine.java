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

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.github.socketioboot.engine.adapter.AdapterFactory;
import io.github.socketioboot.engine.session.EngineStatistics;
import io.github.socketioboot.engine.session.Session;
import io.github.socketioboot.engine.session.SessionAcceptor;
import io.github.socketioboot.engine.session.SessionListener;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The namespaces of a server, above its sessions. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SocketIoEngine implements SessionAcceptor {

	/**
	 * Create an engine with the root namespace.
	 * @param config settings
	 * @param mapper mapper for payloads
	 * @param handlers runs handlers, which may block; never an event loop. A
	 * {@link HandlerPool} unless the application has its own
	 * @param adapters makes the adapter of each namespace
	 * @param statistics counters
	 */
	public SocketIoEngine(NamespaceConfig config, JsonMapper mapper, Executor handlers, AdapterFactory adapters,
			EngineStatistics statistics) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Find or create a namespace.
	 * @param name its name; a missing slash is added
	 * @return the namespace
	 */
	public Namespace of(String name) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Find a namespace.
	 * @param name its name; a missing slash is added
	 * @return the namespace, or {@code null} if there is none
	 */
	public @Nullable Namespace find(String name) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Remove a namespace and disconnect its sockets.
	 * @param name its name; a missing slash is added
	 * @return whether there was one
	 */
	public boolean remove(String name) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the namespaces.
	 * @return a live view
	 */
	public Collection<Namespace> namespaces() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Wait until nothing is going on: no handler runs or is queued, and no event of a
	 * client awaits its acknowledgement. Does not keep new events from coming.
	 * @return completed once that is so, looked at every few milliseconds; to be
	 * cancelled by who waits no longer
	 */
	public CompletionStage<Void> quiesce() {
		throw new UnsupportedOperationException();
	}

	/**
	 * End the adapters. Called when the server has stopped.
	 */
	public void close() {
		throw new UnsupportedOperationException();
	}

	@Override
	public SessionListener accept(Session session) {
		throw new UnsupportedOperationException();
	}

}
