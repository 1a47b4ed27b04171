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

package io.github.socketioboot.autoconfigure.observation;

import java.util.Map;

import io.github.socketioboot.cluster.message.ClusterMessageType;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;

/**
 * An event of another member of the cluster that is being delivered. For the thread that
 * reads messages.
 *
 * @since 0.1.0
 */
public class SocketIoClusterProcessObservationContext extends ReceiverContext<Map<String, String>> {

	private final String namespace;

	private final ClusterMessageType type;

	/**
	 * Create a context.
	 * @param namespace name of the namespace
	 * @param type kind of the message
	 * @param headers what the message brings along
	 */
	public SocketIoClusterProcessObservationContext(String namespace, ClusterMessageType type,
			Map<String, String> headers) {
		super(Map::get, Kind.CONSUMER);
		this.namespace = namespace;
		this.type = type;
		setCarrier(headers);
	}

	/**
	 * Return the name of the namespace.
	 * @return the name
	 */
	public String getNamespace() {
		return this.namespace;
	}

	/**
	 * Return the kind of the message.
	 * @return a broadcast or what {@code serverSideEmit} sends
	 */
	public ClusterMessageType getType() {
		return this.type;
	}

}
