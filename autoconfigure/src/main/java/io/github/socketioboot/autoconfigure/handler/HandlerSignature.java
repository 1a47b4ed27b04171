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

import java.lang.reflect.Method;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import io.github.socketioboot.engine.session.CloseReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Arguments of a handler method: those known by their type in any order, the others are
 * payloads by position. Immutable.
 */
final class HandlerSignature {

	private final List<HandlerArgument> arguments;

	private final List<Class<?>> payloadTypes;

	private final List<Integer> payloadPositions;

	private final HandlerAnswer answer;

	private HandlerSignature(List<HandlerArgument> arguments, List<Class<?>> payloadTypes,
			List<Integer> payloadPositions, HandlerAnswer answer) {
		this.arguments = List.copyOf(arguments);
		this.payloadTypes = List.copyOf(payloadTypes);
		this.payloadPositions = List.copyOf(payloadPositions);
		this.answer = answer;
	}

	/**
	 * Return the classes that payloads are to be converted to, by position.
	 * @return classes without primitives
	 */
	List<Class<?>> payloadTypes() {
		return this.payloadTypes;
	}

	/**
	 * Return where the payload stands that a parameter takes.
	 * @param index index of the parameter
	 * @return position among the payloads, or -1 if the parameter is none
	 */
	int payloadPosition(int index) {
		return this.payloadPositions.get(index);
	}

	/**
	 * Return how what the method returns becomes the answer.
	 * @return the answer
	 */
	HandlerAnswer answer() {
		return this.answer;
	}

	/**
	 * Return the arguments for a call.
	 * @param call the call
	 * @return the arguments
	 * @throws Exception if the call lacks one
	 */
	@Nullable Object[] arguments(HandlerCall call) throws Exception {
		@Nullable Object[] values = new @Nullable Object[this.arguments.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.arguments.get(i).resolve(call);
		}
		return values;
	}

	/**
	 * Read the signature of a method.
	 * @param method the method as its class declares it
	 * @param beanClass class of the bean, for type variables
	 * @param kind what it is to be called for
	 * @param mapper reads payloads of generic types
	 * @return the signature
	 * @throws InvalidHandlerMethodException if the method cannot be called
	 */
	static HandlerSignature of(Method method, Class<?> beanClass, HandlerKind kind, JsonMapper mapper) {
		List<HandlerArgument> arguments = new ArrayList<>();
		List<Class<?>> payloadTypes = new ArrayList<>();
		List<Integer> payloadPositions = new ArrayList<>();
		Set<Object> seen = new HashSet<>();
		for (int i = 0; i < method.getParameterCount(); i++) {
			ResolvableType type = ResolvableType
				.forMethodParameter(new MethodParameter(method, i).withContainingClass(beanClass));
			Class<?> raw = type.resolve(Object.class);
			HandlerArgument known = known(raw, kind);
			if (known == null && kind.takesAllPayloads()) {
				known = AllPayloads.of(type, mapper);
			}
			if (known == null) {
				payloadPositions.add(payloadTypes.size());
				known = payload(method, kind, type, raw, payloadTypes, mapper);
			}
			else {
				payloadPositions.add(-1);
				if (!seen.add(role(known, raw))) {
					throw invalid(method, kind, "declares two arguments of type " + raw.getSimpleName());
				}
			}
			arguments.add(known);
		}
		return new HandlerSignature(arguments, payloadTypes, payloadPositions,
				HandlerAnswer.of(method, beanClass, kind));
	}

	// Two arguments for all payloads are one too many, and so are two exceptions
	private static Object role(HandlerArgument argument, Class<?> type) {
		if (argument instanceof AllPayloads) {
			return AllPayloads.class;
		}
		return Throwable.class.isAssignableFrom(type) ? Throwable.class : type;
	}

	private static @Nullable HandlerArgument known(Class<?> type, HandlerKind kind) {
		if (type == SocketIOClient.class) {
			return HandlerCall::client;
		}
		if (type == HandshakeData.class) {
			return (call) -> call.client().getHandshakeData();
		}
		if (type == Principal.class) {
			return (call) -> SocketIoAuthenticator.principal(call.client());
		}
		if (type == AckRequest.class && kind.hasAck()) {
			return HandlerCall::ack;
		}
		if (type == CloseReason.class && kind == HandlerKind.DISCONNECT) {
			return HandlerCall::reason;
		}
		if (type == String.class && kind.hasEventName()) {
			return HandlerCall::event;
		}
		if (Throwable.class.isAssignableFrom(type) && kind == HandlerKind.EXCEPTION) {
			return HandlerCall::exception;
		}
		return null;
	}

	private static HandlerArgument payload(Method method, HandlerKind kind, ResolvableType type, Class<?> raw,
			List<Class<?>> payloadTypes, JsonMapper mapper) {
		if (kind != HandlerKind.EVENT || raw == CloseReason.class || Throwable.class.isAssignableFrom(raw)) {
			throw invalid(method, kind, "declares an argument of type " + raw.getSimpleName());
		}
		int position = payloadTypes.size();
		if (type.hasGenerics()) {
			payloadTypes.add(Object.class);
			return new GenericPayload(position, mapper, mapper.constructType(type.getType()));
		}
		payloadTypes.add(ClassUtils.resolvePrimitiveIfNecessary(raw));
		return new PlainPayload(position, raw);
	}

	private static InvalidHandlerMethodException invalid(Method method, HandlerKind kind, String reason) {
		return new InvalidHandlerMethodException(method, kind, reason,
				"Declare, in any order and each at most once, %s.".formatted(kind.arguments()), null);
	}

}
