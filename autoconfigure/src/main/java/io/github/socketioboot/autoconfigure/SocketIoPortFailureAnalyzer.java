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

package io.github.socketioboot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the port, the property it comes from and the remedy.
 */
class SocketIoPortFailureAnalyzer extends AbstractFailureAnalyzer<SocketIoPortException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SocketIoPortException cause) {
		if (cause.isInUse()) {
			return new FailureAnalysis(
					"The Socket.IO server could not be started because port %d ('socketio.port') was already in use."
						.formatted(cause.getPort()),
					"Identify and stop the process that's listening on port %d, or set 'socketio.port' to another port, "
						.formatted(cause.getPort()) + "or to 0 for any free one.",
					cause);
		}
		Throwable reason = (cause.getCause() != null) ? cause.getCause() : cause;
		return new FailureAnalysis(
				"The Socket.IO server could not listen on port %d ('socketio.port') of %s ('socketio.host'): %s."
					.formatted(cause.getPort(), (cause.getHost() != null) ? cause.getHost() : "all interfaces",
							reason.getMessage()),
				"Set 'socketio.host' to an address of this machine or remove it, and 'socketio.port' to a port that "
						+ "this user may listen on.",
				cause);
	}

}
