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

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed, with its names. Immutable.
 *
 * @since 0.1.0
 */
public enum SocketIoObservation implements ObservationDocumentation {

	/**
	 * An event is handled, from a client or, by {@code onServerSideEmit}, from another
	 * node.
	 */
	EVENT {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultSocketIoEventObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return EventLowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return EventHighCardinalityKeyNames.values();
		}

	},

	/**
	 * A broadcast, or an event of {@code serverSideEmit}, is sent to the other members of
	 * the cluster. Observed only within another observation.
	 */
	CLUSTER_PUBLISH {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultSocketIoClusterPublishObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ClusterLowCardinalityKeyNames.values();
		}

	},

	/**
	 * What another member has published is delivered to clients or listeners of this one.
	 * Observed only if it brings a trace along.
	 */
	CLUSTER_PROCESS {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultSocketIoClusterProcessObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ClusterLowCardinalityKeyNames.values();
		}

	};

	/**
	 * Keys of an event with few values.
	 */
	public enum EventLowCardinalityKeyNames implements KeyName {

		/**
		 * Name of the namespace.
		 */
		NAMESPACE {

			@Override
			public String asString() {
				return "namespace";
			}

		},

		/**
		 * Name of an event that has handlers, or {@code other}.
		 */
		EVENT {

			@Override
			public String asString() {
				return "event";
			}

		},

		/**
		 * Who has sent it: {@code client} or {@code server}.
		 */
		ORIGIN {

			@Override
			public String asString() {
				return "origin";
			}

		},

		/**
		 * What became of it: {@code success}, {@code error} or {@code unhandled}.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

	/**
	 * Keys of an event with many values.
	 */
	public enum EventHighCardinalityKeyNames implements KeyName {

		/**
		 * Public id of the client's socket.
		 */
		SOCKET_ID {

			@Override
			public String asString() {
				return "socket.id";
			}

		}

	}

	/**
	 * Keys of a message between members with few values.
	 */
	public enum ClusterLowCardinalityKeyNames implements KeyName {

		/**
		 * Name of the namespace.
		 */
		NAMESPACE {

			@Override
			public String asString() {
				return "namespace";
			}

		},

		/**
		 * Kind of the message: {@code broadcast} or {@code server-side-emit}.
		 */
		TYPE {

			@Override
			public String asString() {
				return "type";
			}

		}

	}

}
