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

	ANY_EVENT(OnAnyEvent.class, Words.ANY),

	UNHANDLED_EVENT(OnUnhandledEvent.class, Words.ANY),

	DISCONNECT(OnDisconnect.class, "SocketIOClient, HandshakeData, Principal and CloseReason"),

	EXCEPTION(SocketIoExceptionHandler.class,
			"the exception, SocketIOClient, AckRequest, HandshakeData, Principal and a String for the event");

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

	boolean hasAck() {
		return this != CONNECT && this != DISCONNECT;
	}

	/**
	 * Return whether methods learn the name of the event.
	 * @return {@code true} if a {@code String} is that name
	 */
	boolean hasEventName() {
		return takesAllPayloads() || this == EXCEPTION;
	}

	/**
	 * Return whether payloads are one argument.
	 * @return {@code true} for events of any name
	 */
	boolean takesAllPayloads() {
		return this == ANY_EVENT || this == UNHANDLED_EVENT;
	}

	/**
	 * Return whether a value that is returned answers the client.
	 * @return {@code true} if it does
	 */
	boolean answers() {
		return answersLater() || this == EXCEPTION;
	}

	/**
	 * Return whether that value may come after the method has returned.
	 * @return {@code true} if it may
	 */
	boolean answersLater() {
		return this == EVENT || this == UNHANDLED_EVENT;
	}

	private static final class Words {

		static final String ANY = "a String for the event, a List, an array or a JsonNode for its payloads, "
				+ "SocketIOClient, AckRequest, HandshakeData and Principal";

	}

}
