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

import java.util.concurrent.CountDownLatch;

import com.corundumstudio.socketio.annotation.OnEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

/**
 * A process of its own whose drain takes longer than any test waits, once a handler is
 * stuck.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class DrainingApplication {

	/**
	 * Stands before what the process says.
	 */
	static final String SAYS = "DrainingApplication says: ";

	private static final Logger logger = LoggerFactory.getLogger(DrainingApplication.class);

	/**
	 * Start the process.
	 * @param args with any, another server of the process is started before, and is
	 * stopped when this one has been started
	 */
	public static void main(String[] args) {
		try (ConfigurableApplicationContext other = (args.length > 0) ? run() : null) {
			run();
		}
		say("complete");
	}

	private static ConfigurableApplicationContext run() {
		return new SpringApplicationBuilder(DrainingApplication.class)
			.properties("socketio.port=0", "socketio.host=127.0.0.1", "spring.main.web-application-type=none",
					"spring.main.banner-mode=off", "socketio.drain.timeout=10m", "socketio.drain.spread=0s",
					"spring.lifecycle.timeout-per-shutdown-phase=11m")
			.run();
	}

	@OnEvent("stuck")
	void stuck() throws InterruptedException {
		say("stuck");
		new CountDownLatch(1).await();
	}

	@EventListener
	void started(SocketIoServerStartedEvent event) {
		say("port " + event.getPort());
	}

	@EventListener
	void draining(SocketIoServerDrainingEvent event) {
		say("draining");
	}

	private static void say(String what) {
		logger.warn("{}{}", SAYS, what);
	}

}
