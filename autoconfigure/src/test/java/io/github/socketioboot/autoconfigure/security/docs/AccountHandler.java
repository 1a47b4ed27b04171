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

package io.github.socketioboot.autoconfigure.security.docs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.corundumstudio.socketio.annotation.OnEvent;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

@Component
class AccountHandler {

	private final Map<String, Integer> points = new ConcurrentHashMap<>();

	@OnEvent("points")
	int points() {
		Authentication user = SecurityContextHolder.getContext().getAuthentication();
		return this.points.getOrDefault(user.getName(), 0);
	}

	@OnEvent("award")
	@PreAuthorize("hasAuthority('SCOPE_award')")
	int award(String user, int points) {
		return this.points.merge(user, points, Integer::sum);
	}

}
