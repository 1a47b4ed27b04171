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

package io.github.socketioboot.load;

import io.github.socketioboot.cluster.ClusterObserver;
import io.github.socketioboot.cluster.message.ClusterMessageType;
import io.github.socketioboot.cluster.message.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Sends a trace along with each event for other servers. Immutable.
 */
class EverythingTraced implements ClusterObserver {

	private static final TraceParent TRACE = new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

	@Override
	public Hop onPublish(String namespace, ClusterMessageType type) {
		return new Hop() {

			@Override
			public TraceParent trace() {
				return TRACE;
			}

			@Override
			public void error(Throwable error) {
			}

			@Override
			public void close() {
			}

		};
	}

	@Override
	public @Nullable Hop onProcess(String namespace, ClusterMessageType type, TraceParent trace) {
		return null;
	}

}
