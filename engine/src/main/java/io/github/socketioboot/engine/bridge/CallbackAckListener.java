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

package io.github.socketioboot.engine.bridge;

import java.util.List;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.MultiTypeAckCallback;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.listener.ExceptionListener;
import io.github.socketioboot.engine.namespace.AckFailure;
import io.github.socketioboot.engine.namespace.AckListener;
import org.jspecify.annotations.Nullable;

/**
 * Passes the acknowledgement of a client to netty-socketio's callback. An answer of a
 * wrong type goes to the exception listener and then counts as none.
 */
final class CallbackAckListener implements AckListener {

	private final EngineSocketIOClient client;

	private final AckCallback<?> callback;

	private final PayloadConverter converter;

	private final ExceptionListener exceptions;

	CallbackAckListener(EngineSocketIOClient client, AckCallback<?> callback, PayloadConverter converter,
			ExceptionListener exceptions) {
		this.client = client;
		this.callback = callback;
		this.converter = converter;
		this.exceptions = exceptions;
	}

	@Override
	public void onAck(List<@Nullable Object> args) {
		Object result;
		try {
			result = result(args);
		}
		catch (PayloadTypeException ex) {
			this.exceptions.onEventException(ex, args, this.client);
			guarded(args, this.callback::onTimeout);
			return;
		}
		guarded(args, () -> succeed(result));
	}

	@Override
	public void onFailure(AckFailure failure) {
		guarded(List.of(), this.callback::onTimeout);
	}

	private @Nullable Object result(List<@Nullable Object> args) throws PayloadTypeException {
		if (this.callback instanceof MultiTypeAckCallback multiple) {
			return new MultiTypeArgs(this.converter.convert(args, PayloadConverter.boxed(multiple.getResultClasses())));
		}
		Class<?> type = PayloadConverter.boxed(this.callback.getResultClass())[0];
		return args.isEmpty() ? null : this.converter.convert(args.get(0), type);
	}

	// The result has been converted to the type that the callback declares
	@SuppressWarnings({ "unchecked", "NullAway" })
	private void succeed(@Nullable Object result) {
		((AckCallback<Object>) this.callback).onSuccess(result);
	}

	private void guarded(List<@Nullable Object> args, Runnable call) {
		try {
			call.run();
		}
		catch (Exception ex) {
			this.exceptions.onEventException(ex, args, this.client);
		}
	}

}
