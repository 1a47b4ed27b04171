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

import io.github.socketioboot.cluster.primary.PrivateDirectoryException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the folder and how to choose another.
 */
class PrivateDirectoryFailureAnalyzer extends AbstractFailureAnalyzer<PrivateDirectoryException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PrivateDirectoryException cause) {
		return new FailureAnalysis(
				"The processes of this host need a private folder for their sockets, which could not be made: %s."
					.formatted(cause.getMessage()),
				"Let this user write to '%s', or name another folder, with a short path, by -Djava.io.tmpdir."
					.formatted(cause.parent()),
				cause);
	}

}
