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

package io.github.socketioboot.autoconfigure.redis;

import io.github.socketioboot.cluster.redis.RedisUnavailableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells where Redis was looked for and what to do without it.
 */
class RedisUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<RedisUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RedisUnavailableException cause) {
		return new FailureAnalysis(
				"Redis at %s cannot be used, and 'socketio.cluster.redis.fail-fast' is true: %s"
					.formatted(cause.getAddress(), cause.getReason()),
				"Start Redis, or correct 'spring.data.redis'. With 'socketio.cluster.redis.fail-fast' set to false the "
						+ "server starts without Redis, serves its own clients, and joins the cluster when it can.",
				cause);
	}

}
