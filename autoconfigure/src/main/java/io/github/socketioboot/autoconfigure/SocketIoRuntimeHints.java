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

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * Tells a native image what the server reaches by name: the browser client and the JVM's
 * signals. Netty and Spring Boot tell their own.
 */
class SocketIoRuntimeHints implements RuntimeHintsRegistrar {

	private static final String CLIENT_FILES = "io/github/socketioboot/engine/netty/client/*";

	private static final String SIGNAL = "sun.misc.Signal";

	private static final String SIGNAL_HANDLER = "sun.misc.SignalHandler";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern(CLIENT_FILES);
		hints.reflection()
			.registerTypeIfPresent(classLoader, SIGNAL, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS,
					MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerTypeIfPresent(classLoader, SIGNAL_HANDLER, MemberCategory.ACCESS_PUBLIC_FIELDS,
					MemberCategory.INVOKE_PUBLIC_METHODS);
		hints.proxies().registerJdkProxy(TypeReference.of(SIGNAL_HANDLER));
	}

}
