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

package io.github.socketioboot.autoconfigure.cluster;

import java.util.Locale;

import io.github.socketioboot.cluster.primary.PortUnavailableException;
import io.github.socketioboot.cluster.primary.PrimaryConfig.PublicAddress;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the port, the property it comes from and the remedy.
 */
class PortUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<PortUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PortUnavailableException cause) {
		PublicAddress address = cause.address();
		String reason = String.valueOf((cause.getCause() != null) ? cause.getCause().getMessage() : cause.getMessage());
		if (reason.toLowerCase(Locale.ROOT).contains("in use")) {
			return new FailureAnalysis(
					"The workers could not be started because port %d ('%s') was already in use."
						.formatted(address.port(), address.property()),
					"Identify and stop the process that's listening on port %d, or set '%s' to another port, or to 0 for "
						.formatted(address.port(), address.property()) + "any free one.",
					cause);
		}
		return new FailureAnalysis(
				"The workers could not be started because port %d ('%s') of %s could not be listened on: %s.".formatted(
						address.port(), address.property(),
						(address.host() != null) ? address.host() : "all interfaces", reason),
				"Set '%s' to a port that this user may listen on, and the address beside it to one of this machine."
					.formatted(address.property()),
				cause);
	}

}
