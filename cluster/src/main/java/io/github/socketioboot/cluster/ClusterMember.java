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

import io.github.socketioboot.engine.adapter.AdapterFactory;
import org.jspecify.annotations.Nullable;

/**
 * This process as a member of a cluster, whatever carries its messages. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ClusterMember extends AdapterFactory {

	/**
	 * Become a member. Called once.
	 * @return completes when messages of other members come here, or when it is known
	 * that they do not for now; never exceptionally
	 */
	CompletionStage<@Nullable Void> open();

	/**
	 * Leave the cluster. Further calls do nothing.
	 * @return completes when that is done
	 */
	CompletionStage<@Nullable Void> close();

	/**
	 * Return what carries the messages.
	 * @return {@code local} or {@code redis}
	 */
	String adapter();

	/**
	 * Return whether messages reach other members.
	 * @return {@code true} if they do, as far as is known
	 */
	boolean isConnected();

	/**
	 * Return the members that are known by name, this one included.
	 * @return their ids, or none if members are only counted
	 */
	Set<String> members();

	/**
	 * Return what is counted.
	 * @return the statistics, always the same
	 */
	ClusterStatistics statistics();

}
