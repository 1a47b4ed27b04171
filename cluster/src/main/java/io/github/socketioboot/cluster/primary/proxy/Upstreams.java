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

import org.jspecify.annotations.Nullable;

/**
 * Knows the workers to which a proxy may pass requests. Thread-safe: asked on the event
 * loops of the proxied connections, and must not block.
 *
 * @since 0.1.0
 */
public interface Upstreams {

	/**
	 * Choose the worker of a request. Called once for a request, and again for each
	 * further attempt after one has failed or none was there.
	 * @param request what is known of the request
	 * @return the worker, or {@code null} if there is none now: the request is asked for
	 * again with {@link HttpProxy#upstreamsChanged()}
	 */
	@Nullable Upstream choose(ProxiedRequest request);

	/**
	 * Return which header of a request the choice depends on. Asked for each request.
	 * @return its name in lower case, or {@code null} for none
	 */
	default @Nullable String forwardedHeader() {
		return null;
	}

	/**
	 * Return whether a request waits if there is no worker now.
	 * @param request what is known of the request
	 * @return {@code false} to have it answered with 503 at once
	 */
	default boolean mayWait(ProxiedRequest request) {
		return true;
	}

}
