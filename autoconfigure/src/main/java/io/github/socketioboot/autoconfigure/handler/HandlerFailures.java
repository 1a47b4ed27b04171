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

package io.github.socketioboot.autoconfigure.handler;

import java.util.ArrayList;
import java.util.List;

import io.github.socketioboot.engine.bridge.InvalidPayloadException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the exceptions of handler methods: those of the own bean handle them,
 * then those of advice, then invalid payloads are answered. Filled before the server
 * starts, thread-safe from then on.
 */
final class HandlerFailures {

	private static final Logger logger = LoggerFactory.getLogger(HandlerFailures.class);

	private final List<Advice> advices = new ArrayList<>();

	/**
	 * Add methods that serve the handlers of all beans, after those added before.
	 * @param namespace the only namespace they serve, or {@code null}
	 * @param methods the methods
	 */
	void advise(@Nullable String namespace, ExceptionMethods methods) {
		this.advices.add(new Advice(namespace, methods));
	}

	/**
	 * Deal with an exception.
	 * @param failure the exception
	 * @param call the call that failed
	 * @param namespace its namespace
	 * @param own methods of the bean that was called
	 * @return whether that is all
	 * @throws Exception what a method has thrown instead
	 */
	boolean handle(Exception failure, HandlerCall call, String namespace, ExceptionMethods own) throws Exception {
		ExceptionMethods.Match match = find(failure, namespace, own);
		if (match != null) {
			answer(match, failure, call);
			return true;
		}
		if (failure instanceof InvalidPayloadException invalid && call.ack().isAckRequested()) {
			List<PayloadError> errors = (invalid instanceof PayloadValidationException violated) ? violated.errors()
					: List.of();
			logger.debug("An event of {} was not handled: {}", call.client().getSessionId(), invalid.getMessage());
			call.ack().sendAckData(ErrorAnswer.of("Invalid payload", errors));
			return true;
		}
		return false;
	}

	private ExceptionMethods.@Nullable Match find(Exception failure, String namespace, ExceptionMethods own) {
		ExceptionMethods.Match match = own.find(failure);
		for (Advice advice : this.advices) {
			if (match == null && (advice.namespace() == null || advice.namespace().equals(namespace))) {
				match = advice.methods().find(failure);
			}
		}
		return match;
	}

	private static void answer(ExceptionMethods.Match match, Exception failure, HandlerCall call) throws Exception {
		try {
			Object returned = match.handler().invoke(call.failed(match.exception()));
			match.handler().signature().answer().answer(returned, call.ack());
		}
		catch (Exception ex) {
			if (ex != failure) {
				ex.addSuppressed(failure);
			}
			throw ex;
		}
	}

	/**
	 * Methods for all beans.
	 *
	 * @param namespace the only namespace they serve, or {@code null}
	 * @param methods the methods
	 */
	private record Advice(@Nullable String namespace, ExceptionMethods methods) {

	}

}
