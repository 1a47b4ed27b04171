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

package io.github.socketioboot.autoconfigure;

import java.util.List;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.ExceptionListenerAdapter;
import io.github.socketioboot.autoconfigure.SocketIoExceptionHandler.Source;
import org.jspecify.annotations.Nullable;

/**
 * Passes what listeners throw to a handler. Immutable; thread-safe as far as the handler
 * is.
 */
final class ExceptionHandlerListener extends ExceptionListenerAdapter {

	private final SocketIoExceptionHandler handler;

	ExceptionHandlerListener(SocketIoExceptionHandler handler) {
		this.handler = handler;
	}

	@Override
	public void onEventException(Exception ex, List<@Nullable Object> args, SocketIOClient client) {
		this.handler.handle(ex, client, Source.EVENT);
	}

	@Override
	public void onDisconnectException(Exception ex, SocketIOClient client) {
		this.handler.handle(ex, client, Source.DISCONNECT);
	}

	@Override
	public void onConnectException(Exception ex, SocketIOClient client) {
		this.handler.handle(ex, client, Source.CONNECT);
	}

	@Override
	@Deprecated
	public void onPingException(Exception ex, SocketIOClient client) {
		this.handler.handle(ex, client, Source.HEARTBEAT);
	}

	@Override
	public void onPongException(Exception ex, SocketIOClient client) {
		this.handler.handle(ex, client, Source.HEARTBEAT);
	}

	@Override
	public void onAuthException(Throwable ex, SocketIOClient client) {
		Exception exception = (ex instanceof Exception same) ? same : new IllegalStateException(ex);
		this.handler.handle(exception, client, Source.AUTHENTICATION);
	}

}
