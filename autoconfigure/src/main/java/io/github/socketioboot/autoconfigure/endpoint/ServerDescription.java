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

package io.github.socketioboot.autoconfigure.endpoint;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.socketioboot.autoconfigure.cluster.WorkerDescription;
import io.github.socketioboot.cluster.supervisor.ReloadStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint shows. Immutable.
 *
 * @param server this process
 * @param namespaces its namespaces by name
 * @param instances how many workers are asked for, if there are several
 * @param primary the primary, if there is one
 * @param workers the workers of the host
 * @param members ids of the cluster's members
 * @param reload the latest reload
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ServerDescription(Server server, Map<String, NamespaceDescription> namespaces, @Nullable Integer instances,
		@Nullable PrimaryDescription primary, @Nullable List<WorkerDescription> workers, @Nullable List<String> members,
		@Nullable ReloadStatus reload) {

	/**
	 * This process. Immutable.
	 *
	 * @param role {@code single} or {@code worker}
	 * @param instance index of the process, from 0
	 * @param pid process id
	 * @param port port that clients connect to
	 * @param draining whether no sessions are taken
	 * @param sessions open sessions
	 * @param sockets connected sockets
	 */
	record Server(String role, int instance, long pid, int port, boolean draining, int sessions, int sockets) {
	}

	/**
	 * A namespace. Immutable.
	 *
	 * @param sockets connected sockets of this process
	 * @param clusterSockets connected sockets of all processes, as last told
	 * @param rooms rooms of this process, the largest of them by name, with the number of
	 * sockets in each
	 * @param roomCount number of rooms of this process
	 */
	record NamespaceDescription(int sockets, int clusterSockets, Map<String, Integer> rooms, int roomCount) {
	}

	/**
	 * The primary. Immutable.
	 *
	 * @param pid process id
	 * @param memory resident size, in bytes, or 0 if it is not known
	 * @param descriptors whether connections are handed over by descriptor, not proxied
	 */
	record PrimaryDescription(long pid, long memory, boolean descriptors) {
	}

}
