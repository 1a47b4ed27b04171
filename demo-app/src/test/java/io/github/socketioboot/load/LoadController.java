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

package io.github.socketioboot.load;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Requests of the tests.
 */
@RestController
public class LoadController {

	private final int worker;

	LoadController(@Value("${socketio.cluster.instance:0}") int worker) {
		this.worker = worker;
	}

	/**
	 * Tell who answers, after a while.
	 * @param millis how long to wait
	 * @param request the request
	 * @return index of the worker, and the client's address as it sees it
	 * @throws InterruptedException if the wait is interrupted
	 */
	@GetMapping("/who")
	Map<String, Object> who(@RequestParam(defaultValue = "0") long millis, HttpServletRequest request)
			throws InterruptedException {
		Thread.sleep(millis);
		return Map.of("worker", this.worker, "address", request.getRemoteAddr(), "port", request.getServerPort());
	}

}
