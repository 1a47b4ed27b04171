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

package io.github.socketioboot.autoconfigure.security;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.handler.SocketIoNamespace;
import io.github.socketioboot.engine.bridge.EngineSocketIOClient;
import io.github.socketioboot.engine.namespace.AckFailure;
import io.github.socketioboot.engine.namespace.AckListener;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Handlers that tell who they are called for.
 */
class SecuredHandlers {

	private static final List<String> TOLD = new CopyOnWriteArrayList<>();

	static boolean wereTold(String what) {
		return TOLD.contains(what);
	}

	static void awaitTold(String what) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> wereTold(what));
	}

	static String current() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null) ? authentication.getName() : "nobody";
	}

	@OnConnect
	void connected() {
		TOLD.add("connected " + current());
	}

	@OnDisconnect
	void left() {
		TOLD.add("left " + current());
	}

	@OnEvent("who")
	String who() {
		return current();
	}

	@OnEvent("principal")
	List<String> principal(Principal principal) {
		return List.of(principal.getClass().getSimpleName(), principal.getName());
	}

	@OnEvent("admin")
	@PreAuthorize("hasAuthority('SCOPE_admin')")
	String admin() {
		return "secret";
	}

	@OnEvent("known")
	@PreAuthorize("isAuthenticated()")
	String known() {
		return current();
	}

	@OnEvent("fail")
	void fail() {
		throw new IllegalStateException("on purpose");
	}

	@OnEvent("replace")
	void replace() {
		SecurityContext context = SecurityContextHolder.getContext();
		context.setAuthentication(null);
	}

	@OnEvent("ask back")
	void askBack(SocketIOClient client) {
		((EngineSocketIOClient) client).socket().emit("question", List.of(), new AckListener() {

			@Override
			public void onAck(List<@Nullable Object> args) {
				SecuredHandlers.TOLD.add("answered " + current());
			}

			@Override
			public void onFailure(AckFailure failure) {
				SecuredHandlers.TOLD.add("failed " + current());
			}

		}, Duration.ofMinutes(1));
	}

	/**
	 * What only administrators may enter is guarded by its handlers.
	 */
	@SocketIoNamespace("/admin")
	static class Admin {

		@OnEvent("who")
		String who() {
			return current();
		}

		@OnEvent("reload")
		@PreAuthorize("hasAuthority('SCOPE_admin')")
		String reload() {
			return "reloaded by " + current();
		}

	}

	/**
	 * Only staff may stay.
	 */
	@SocketIoNamespace("/staff")
	static class Staff {

		@OnConnect
		@PreAuthorize("hasAuthority('SCOPE_staff')")
		void connected() {
			// Those who may, stay
		}

		@OnEvent("who")
		String who() {
			return current();
		}

	}

	/**
	 * Open to all.
	 */
	@SocketIoNamespace("/news")
	static class News {

		@OnEvent("who")
		String who() {
			return current();
		}

		@OnEvent("known")
		@PreAuthorize("isAuthenticated()")
		String known() {
			return current();
		}

	}

}
