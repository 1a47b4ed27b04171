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
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a worker's process is told about itself, in its environment. Immutable.
 *
 * @param directory private folder of the host's processes, with the link's socket
 * @param token secret that proves to the primary who connects
 * @param hostId id of the primary, unlike that of any other
 * @param index place of the worker, from 0
 * @param number number of the process, from 1
 * @param sidPrefix first four characters of the ids of its sessions
 * @since 0.1.0
 */
public record WorkerIdentity(Path directory, String token, String hostId, int index, int number, String sidPrefix) {

	private static final String PREFIX = "SOCKETIO_CLUSTER_WORKER_";

	private static final String DIRECTORY = PREFIX + "DIRECTORY";

	private static final String TOKEN = PREFIX + "TOKEN";

	private static final String HOST = PREFIX + "HOST";

	private static final String INDEX = PREFIX + "INDEX";

	private static final String NUMBER = PREFIX + "NUMBER";

	private static final String SID_PREFIX = PREFIX + "SID_PREFIX";

	/**
	 * Read the identity of this process.
	 * @param environment environment of the process
	 * @return the identity, or {@code null} if the process is no worker
	 */
	public static @Nullable WorkerIdentity from(Map<String, String> environment) {
		String directory = environment.get(DIRECTORY);
		String token = environment.get(TOKEN);
		String host = environment.get(HOST);
		String index = environment.get(INDEX);
		String number = environment.get(NUMBER);
		String sidPrefix = environment.get(SID_PREFIX);
		if (directory == null || token == null || host == null || index == null || number == null
				|| sidPrefix == null) {
			return null;
		}
		return new WorkerIdentity(Path.of(directory), token, host, Integer.parseInt(index), Integer.parseInt(number),
				sidPrefix);
	}

	@Override
	public String toString() {
		return "WorkerIdentity[directory=" + this.directory + ", hostId=" + this.hostId + ", index=" + this.index
				+ ", number=" + this.number + ", sidPrefix=" + this.sidPrefix + "]";
	}

	/**
	 * Return the variables that tell a process this identity.
	 * @return variables by name
	 */
	public Map<String, String> environment() {
		return Map.of(DIRECTORY, this.directory.toString(), TOKEN, this.token, HOST, this.hostId, INDEX,
				Integer.toString(this.index), NUMBER, Integer.toString(this.number), SID_PREFIX, this.sidPrefix);
	}

	/**
	 * Return the path of the link's socket.
	 * @return path in the private folder
	 */
	public Path linkSocket() {
		return linkSocket(this.directory);
	}

	/**
	 * Return the path of the link's socket.
	 * @param directory the private folder
	 * @return path in the folder
	 */
	public static Path linkSocket(Path directory) {
		return directory.resolve("link.sock");
	}

	/**
	 * Return the path of the socket on which the worker takes proxied connections.
	 * @return path in the private folder
	 */
	public Path proxySocket() {
		return this.directory.resolve("w" + this.number + ".sock");
	}

	/**
	 * Return the id of the worker as a member of the cluster.
	 * @return the id
	 */
	public String memberId() {
		return memberId(this.number, this.hostId);
	}

	/**
	 * Return the id of a worker as a member of the cluster.
	 * @param number number of the worker
	 * @param hostId id of its primary
	 * @return the id
	 */
	public static String memberId(int number, String hostId) {
		return number + "@" + hostId;
	}

}
