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

import io.github.socketioboot.autoconfigure.observation.SocketIoObservation.ClusterLowCardinalityKeyNames;
import io.micrometer.common.KeyValues;

/**
 * Names of an event that is sent to the other members, unless the application says
 * otherwise. Immutable.
 *
 * @since 0.1.0
 */
public class DefaultSocketIoClusterPublishObservationConvention implements SocketIoClusterPublishObservationConvention {

	@Override
	public String getName() {
		return "socketio.cluster.publish";
	}

	@Override
	public String getContextualName(SocketIoClusterPublishObservationContext context) {
		return "socketio publish " + ObservedHops.name(context.getType());
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(SocketIoClusterPublishObservationContext context) {
		return KeyValues.of(ClusterLowCardinalityKeyNames.NAMESPACE.withValue(context.getNamespace()),
				ClusterLowCardinalityKeyNames.TYPE.withValue(ObservedHops.name(context.getType())));
	}

}
