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

package io.github.socketioboot.cluster.primary.proxy;

import java.net.InetSocketAddress;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the choice of a worker may depend on. Immutable.
 *
 * @param method method of the request, empty for a tunnel of unread bytes
 * @param target target of the request as the client has sent it, with the query; empty
 * for a tunnel of unread bytes
 * @param client address of the peer, or what the PROXY protocol says it to be
 * @param forwarded what the peer says in the {@link Upstreams#forwardedHeader() header}
 * that is asked for, several fields joined by commas, or {@code null} for nothing
 * @param tried numbers of the workers that have failed for this request
 * @since 0.1.0
 */
public record ProxiedRequest(String method, String target, InetSocketAddress client, @Nullable String forwarded,
		Set<Integer> tried) {

	/**
	 * Create a request.
	 */
	public ProxiedRequest {
		tried = Set.copyOf(tried);
	}

}
