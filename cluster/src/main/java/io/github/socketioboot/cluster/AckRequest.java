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

package io.github.socketioboot.cluster;

import java.util.concurrent.CompletableFuture;

import io.github.socketioboot.engine.adapter.BroadcastAnswers;
import org.jspecify.annotations.Nullable;

/**
 * A broadcast whose receivers at other members acknowledge it. Its time is kept by who
 * has asked for it. Thread-safe.
 */
abstract class AckRequest extends ClusterRequest {

	/**
	 * Create a request.
	 * @param audience the members it is for
	 * @param answers told of receivers and their answers
	 * @return the request
	 */
	static AckRequest of(Audience audience, BroadcastAnswers answers) {
		return (audience instanceof Audience.Named named) ? new NamedAckRequest(named.members(), answers)
				: new CountedAckRequest(answers);
	}

	/**
	 * Return how many members tell the number of their receivers.
	 * @return the number, this member included; not completed after the time is over
	 */
	abstract CompletableFuture<Integer> servers();

	/**
	 * Note to how many clients a member has sent.
	 * @param member its id
	 * @param clients the number
	 * @return whether nothing is waited for any more
	 */
	abstract boolean onClientCount(String member, int clients);

	/**
	 * Take an acknowledgement.
	 * @param member id of the member
	 * @param value first argument
	 * @return whether nothing is waited for any more
	 */
	abstract boolean onAck(String member, @Nullable Object value);

}
