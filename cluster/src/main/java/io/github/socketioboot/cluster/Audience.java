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

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The other members that a request is for. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Audience {

	/**
	 * Members that are known by name. What comes from anybody else is no response, and a
	 * member that leaves is waited for no longer.
	 *
	 * @param members their ids
	 */
	record Named(Set<String> members) implements Audience {

		/**
		 * Create an audience.
		 */
		public Named {
			members = Set.copyOf(members);
		}

	}

	/**
	 * Members of which only the number is known, or will be: everything that comes is a
	 * response of one of them, and one that dies is waited for until the time is over.
	 *
	 * @param others how many they are, this member not included. May complete on any
	 * thread, also after responses have come; if it fails, the cluster counts as
	 * unreachable
	 */
	record Counted(CompletionStage<Integer> others) implements Audience {

	}

}
