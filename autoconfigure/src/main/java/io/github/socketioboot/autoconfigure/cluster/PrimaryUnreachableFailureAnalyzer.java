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

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells what a worker is and where it comes from.
 */
class PrimaryUnreachableFailureAnalyzer extends AbstractFailureAnalyzer<PrimaryUnreachableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PrimaryUnreachableException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Workers are started by their primary only: remove variables that begin with "
						+ "SOCKETIO_CLUSTER_WORKER_ if they were set otherwise. If the primary is there, its log tells "
						+ "why it has turned this process away.",
				cause);
	}

}
