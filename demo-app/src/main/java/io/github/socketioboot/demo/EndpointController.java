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

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the page where the Socket.IO server listens, as its port is a setting, and who
 * answers.
 *
 * @since 0.1.0
 */
@RestController
public class EndpointController {

	private final Environment environment;

	private final @Nullable Integer publicPort;

	private final ServedBy self;

	EndpointController(Environment environment, ChatProperties properties, ServedBy.Source servedBy) {
		this.environment = environment;
		this.publicPort = properties.publicPort();
		this.self = servedBy.self();
	}

	/**
	 * Look up the server's port and path.
	 * @return what the page adds to its own host
	 */
	@GetMapping("/api/endpoint")
	Endpoint endpoint() {
		return new Endpoint((this.publicPort != null) ? this.publicPort : ownPort(),
				this.environment.getProperty("socketio.path", "/socket.io"));
	}

	private int ownPort() {
		int configured = this.environment.getProperty("socketio.port", Integer.class, 9092);
		return this.environment.getProperty("local.socketio.port", Integer.class, configured);
	}

	/**
	 * Tell which worker answers this request; the next one may be answered by another.
	 * @return the worker
	 */
	@GetMapping("/api/worker")
	ServedBy worker() {
		return this.self;
	}

	/**
	 * Where the Socket.IO server listens.
	 *
	 * @param port its port
	 * @param path the path of its requests
	 */
	record Endpoint(int port, String path) {
	}

}
