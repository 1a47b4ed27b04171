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

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.ExceptionListenerAdapter;
import io.netty.channel.ChannelHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what listeners throw, in place of netty-socketio's default. Invalid payloads are
 * the client's fault and logged at DEBUG, without the payload. Failures of the
 * application are logged at ERROR, but not more often than once in a while, since a
 * client may be able to cause them at will. Thread-safe.
 */
final class LoggingExceptionListener extends ExceptionListenerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(LoggingExceptionListener.class);

	private final FailureLog failures = new FailureLog(logger);

	@Override
	public void onEventException(Exception ex, List<Object> args, SocketIOClient client) {
		if (ex instanceof InvalidPayloadException) {
			logger.debug("An event of {} was not handled: {}", client.getSessionId(), ex.getMessage());
			return;
		}
		this.failures.log("An event listener failed", ex);
	}

	@Override
	public void onDisconnectException(Exception ex, SocketIOClient client) {
		this.failures.log("A disconnect listener failed", ex);
	}

	@Override
	public void onConnectException(Exception ex, SocketIOClient client) {
		this.failures.log("A connect listener failed", ex);
	}

	@Override
	@Deprecated
	public void onPingException(Exception ex, SocketIOClient client) {
		this.failures.log("A ping listener failed", ex);
	}

	@Override
	public void onPongException(Exception ex, SocketIOClient client) {
		this.failures.log("A pong listener failed", ex);
	}

	@Override
	public void onAuthException(Throwable ex, SocketIOClient client) {
		this.failures.log("An authentication listener failed", ex);
	}

	@Override
	public boolean exceptionCaught(ChannelHandlerContext context, Throwable ex) {
		logger.debug("A connection failed", ex);
		return true;
	}

}
