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

package io.github.socketioboot.demo;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the chat. Immutable.
 *
 * @param rooms names of the rooms, in the order in which the page lists them
 * @param historyTimeToLive how long what was said in a room is kept in Redis after the
 * last message there
 * @param publicPort the port on which browsers reach the Socket.IO server, where that is
 * a balancer's; without it the server's own
 * @since 0.1.0
 */
@ConfigurationProperties("chat")
public record ChatProperties(@DefaultValue("lobby") List<String> rooms, @DefaultValue("7d") Duration historyTimeToLive,
		@Nullable Integer publicPort) {

	/**
	 * Copy the list, so that nobody changes it later.
	 */
	public ChatProperties {
		rooms = List.copyOf(rooms);
	}

}
