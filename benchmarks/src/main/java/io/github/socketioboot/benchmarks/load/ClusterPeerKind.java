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

package io.github.socketioboot.benchmarks.load;

import java.util.Locale;

/**
 * What several server processes stand behind.
 */
enum ClusterPeerKind {

	/**
	 * This project's primary, which hands connections over.
	 */
	OURS,

	/**
	 * This project's primary as a proxy.
	 */
	PROXY,

	/**
	 * The balancer nginx in front of single processes of this project.
	 */
	NGINX,

	/**
	 * Node's server with its sticky primary and its cluster adapter.
	 */
	NODE,

	/**
	 * Single servers of this project with Redis between them.
	 */
	REDIS,

	/**
	 * Two of this project's primaries with half of the servers each, with Redis between
	 * them.
	 */
	HOSTS,

	/**
	 * Node's servers with its classic Redis adapter.
	 */
	NODEREDIS;

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	boolean isCluster() {
		return this != NGINX;
	}

	boolean isNode() {
		return this == NODE || this == NODEREDIS;
	}

	/**
	 * Whether one port leads to all servers.
	 * @return {@code false} if clients have to choose one
	 */
	boolean hasOnePort() {
		return this != REDIS && this != HOSTS && this != NODEREDIS;
	}

	static ClusterPeerKind ofLabel(String label) {
		return valueOf(label.toUpperCase(Locale.ROOT));
	}

}
