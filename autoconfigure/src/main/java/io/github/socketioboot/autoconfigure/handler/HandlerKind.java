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

import java.lang.annotation.Annotation;

import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;

/**
 * What a handler method is called for.
 */
enum HandlerKind {

	CONNECT(OnConnect.class, "SocketIOClient, HandshakeData and Principal"),

	EVENT(OnEvent.class, "SocketIOClient, AckRequest, HandshakeData, Principal and payloads"),

	DISCONNECT(OnDisconnect.class, "SocketIOClient, HandshakeData, Principal and CloseReason");

	private final Class<? extends Annotation> annotation;

	private final String arguments;

	HandlerKind(Class<? extends Annotation> annotation, String arguments) {
		this.annotation = annotation;
		this.arguments = arguments;
	}

	Class<? extends Annotation> annotation() {
		return this.annotation;
	}

	/**
	 * Return what methods may declare, for messages.
	 * @return a list in words
	 */
	String arguments() {
		return this.arguments;
	}

}
