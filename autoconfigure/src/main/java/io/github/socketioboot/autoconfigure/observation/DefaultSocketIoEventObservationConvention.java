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

import java.util.Locale;

import io.github.socketioboot.autoconfigure.observation.SocketIoObservation.EventHighCardinalityKeyNames;
import io.github.socketioboot.autoconfigure.observation.SocketIoObservation.EventLowCardinalityKeyNames;
import io.github.socketioboot.engine.namespace.EventOutcome;
import io.github.socketioboot.engine.namespace.Socket;
import io.micrometer.common.KeyValues;

/**
 * Names that events have unless the application says otherwise. Immutable.
 *
 * @since 0.1.0
 */
public class DefaultSocketIoEventObservationConvention implements SocketIoEventObservationConvention {

	@Override
	public String getName() {
		return "socketio.event";
	}

	@Override
	public String getContextualName(SocketIoEventObservationContext context) {
		return "socketio event " + context.getEvent();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(SocketIoEventObservationContext context) {
		EventOutcome outcome = context.getOutcome();
		return KeyValues.of(EventLowCardinalityKeyNames.NAMESPACE.withValue(context.getNamespace()),
				EventLowCardinalityKeyNames.EVENT.withValue(context.getEvent()),
				EventLowCardinalityKeyNames.ORIGIN.withValue((context.getSocket() != null) ? "client" : "server"),
				EventLowCardinalityKeyNames.OUTCOME
					.withValue((outcome != null) ? outcome.name().toLowerCase(Locale.ROOT) : "unknown"));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(SocketIoEventObservationContext context) {
		Socket socket = context.getSocket();
		return (socket != null) ? KeyValues.of(EventHighCardinalityKeyNames.SOCKET_ID.withValue(socket.id()))
				: KeyValues.empty();
	}

}
