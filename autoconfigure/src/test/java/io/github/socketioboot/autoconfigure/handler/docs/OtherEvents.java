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

package io.github.socketioboot.autoconfigure.handler.docs;

import java.util.List;
import java.util.Map;

import com.corundumstudio.socketio.SocketIOClient;
import io.github.socketioboot.autoconfigure.handler.OnAnyEvent;
import io.github.socketioboot.autoconfigure.handler.OnUnhandledEvent;
import io.github.socketioboot.autoconfigure.handler.SocketIoNamespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

@Component
@SocketIoNamespace("/shop")
class OtherEvents {

	private static final Logger logger = LoggerFactory.getLogger(OtherEvents.class);

	@OnAnyEvent
	void log(String event, SocketIOClient client) {
		logger.debug("{} sends {}", client.getSessionId(), event);
	}

	@OnUnhandledEvent
	Map<String, Object> unknown(String event, List<Object> payloads) {
		return Map.of("unknown", event, "payloads", payloads.size());
	}

}
