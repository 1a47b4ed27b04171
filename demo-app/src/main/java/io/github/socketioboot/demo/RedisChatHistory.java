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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Keeps what was said last in Redis, a list for each room, so that any server can tell it
 * to any page. A command waits for {@code spring.data.redis.timeout} at most; after a
 * failure only one at a time is tried, and others fail at once. Thread-safe.
 */
class RedisChatHistory implements ChatHistory {

	static final String KEY_PREFIX = "chat:history:";

	private static final Logger logger = LoggerFactory.getLogger(RedisChatHistory.class);

	/**
	 * Adds a message, drops the oldest ones, and starts the time to live anew, all of it
	 * or nothing.
	 */
	private static final RedisScript<Long> APPEND = RedisScript.of("""
			local size = redis.call('RPUSH', KEYS[1], ARGV[1])
			redis.call('LTRIM', KEYS[1], -tonumber(ARGV[2]), -1)
			redis.call('PEXPIRE', KEYS[1], ARGV[3])
			return size
			""", Long.class);

	private final StringRedisTemplate redis;

	private final ChatRooms rooms;

	private final JsonMapper mapper;

	private final Duration timeToLive;

	private final Pause pause = new Pause(Duration.ofSeconds(2));

	RedisChatHistory(StringRedisTemplate redis, ChatRooms rooms, JsonMapper mapper, Duration timeToLive) {
		this.redis = redis;
		this.rooms = rooms;
		this.mapper = mapper;
		this.timeToLive = timeToLive;
	}

	@Override
	public ChatMessage post(String room, @Nullable String author, @Nullable String text,
			Consumer<ChatMessage> receiver) {
		ChatMessage message = ChatMessage.of(this.rooms.named(room).name(), ChatText.author(author),
				ChatText.text(text), InstantSource.system().instant());
		try {
			// Before it is handed on: who comes to the room now finds it here, or
			// receives it
			append(message);
		}
		catch (HistoryUnavailableException ex) {
			logger.debug("A message will be missing in the history", ex);
		}
		receiver.accept(message);
		return message;
	}

	@Override
	public List<ChatMessage> recent(String room) {
		String key = key(this.rooms.named(room).name());
		List<String> texts = this.pause
			.unlessPaused(() -> this.redis.opsForList().range(key, -ChatRoom.MAX_MESSAGES, -1));
		List<ChatMessage> messages = new ArrayList<>();
		for (String text : (texts != null) ? texts : List.<String>of()) {
			try {
				messages.add(this.mapper.readValue(text, ChatMessage.class));
			}
			catch (JacksonException ex) {
				logger.debug("Something in the history is no message");
			}
		}
		return messages;
	}

	private void append(ChatMessage message) {
		this.pause.unlessPaused(
				() -> this.redis.execute(APPEND, List.of(key(message.room())), this.mapper.writeValueAsString(message),
						Integer.toString(ChatRoom.MAX_MESSAGES), Long.toString(this.timeToLive.toMillis())));
	}

	static String key(String room) {
		return KEY_PREFIX + room;
	}

}
