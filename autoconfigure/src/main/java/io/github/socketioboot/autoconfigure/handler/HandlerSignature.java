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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

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

	private final boolean answers;

	private HandlerSignature(List<HandlerArgument> arguments, List<Class<?>> payloadTypes, boolean answers) {
		this.arguments = List.copyOf(arguments);
		this.payloadTypes = List.copyOf(payloadTypes);
		this.answers = answers;
	}

	/**
	 * Return the classes that payloads are to be converted to, by position.
	 * @return classes without primitives
	 */
	List<Class<?>> payloadTypes() {
		return this.payloadTypes;
	}

	/**
	 * Return whether what the method returns is the answer to the client.
	 * @return {@code true} unless it returns nothing
	 */
	boolean answers() {
		return this.answers;
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
		Set<Class<?>> seen = new HashSet<>();
		for (int i = 0; i < method.getParameterCount(); i++) {
			ResolvableType type = ResolvableType
				.forMethodParameter(new MethodParameter(method, i).withContainingClass(beanClass));
			Class<?> raw = type.resolve(Object.class);
			HandlerArgument known = known(raw, kind);
			if (known == null) {
				known = payload(method, kind, type, raw, payloadTypes, mapper);
			}
			else if (!seen.add(raw)) {
				throw invalid(method, kind, "declares two arguments of type " + raw.getSimpleName());
			}
			arguments.add(known);
		}
		boolean answers = kind == HandlerKind.EVENT && method.getReturnType() != void.class
				&& method.getReturnType() != Void.class;
		if (answers && (CompletionStage.class.isAssignableFrom(method.getReturnType())
				|| Future.class.isAssignableFrom(method.getReturnType()))) {
			throw new InvalidHandlerMethodException(method, kind, "returns an answer that comes later",
					"Return the value itself, or declare an AckRequest argument and answer with it.", null);
		}
		return new HandlerSignature(arguments, payloadTypes, answers);
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
		if (type == AckRequest.class && kind == HandlerKind.EVENT) {
			return HandlerCall::ack;
		}
		if (type == CloseReason.class && kind == HandlerKind.DISCONNECT) {
			return HandlerCall::reason;
		}
		return null;
	}

	private static HandlerArgument payload(Method method, HandlerKind kind, ResolvableType type, Class<?> raw,
			List<Class<?>> payloadTypes, JsonMapper mapper) {
		if (kind != HandlerKind.EVENT || raw == CloseReason.class) {
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
