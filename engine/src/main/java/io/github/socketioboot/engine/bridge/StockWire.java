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

import java.util.concurrent.TimeUnit;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOChannelInitializer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.bootstrap.ServerBootstrapConfig;

/**
 * What netty-socketio's server makes for a wire of its own, which is never used.
 */
final class StockWire {

	private StockWire() {
	}

	/**
	 * Return settings for which it makes as little as possible.
	 * @return new settings
	 */
	static Configuration configuration() {
		Configuration configuration = new Configuration();
		configuration.setBossThreads(1);
		configuration.setWorkerThreads(1);
		configuration.setJsonSupport(new UnusedJsonSupport());
		configuration.setAddVersionHeader(false);
		return configuration;
	}

	/**
	 * Release all of it, just before it would bind a port.
	 * @param bootstrap has all of it
	 * @throws ReleasedException always, so that no port is bound
	 */
	static void release(ServerBootstrap bootstrap) {
		ServerBootstrapConfig config = bootstrap.config();
		config.group().shutdownGracefully(0, 0, TimeUnit.SECONDS);
		config.childGroup().shutdownGracefully(0, 0, TimeUnit.SECONDS);
		if (config.childHandler() instanceof SocketIOChannelInitializer initializer) {
			initializer.stop();
		}
		throw new ReleasedException();
	}

	/**
	 * Keeps the port from being bound.
	 */
	static final class ReleasedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ReleasedException() {
			super("released", null, false, false);
		}

	}

}
