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

package io.github.socketioboot.autoconfigure.handler;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * Tells a native image of the annotations of handlers, whose attributes are read by
 * reflection, and of the answer to invalid payloads.
 */
class HandlerAnnotationHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection().registerType(SocketIoNamespace.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		hints.reflection().registerType(SocketIoAdvice.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), ErrorAnswer.class);
		if (ClassUtils.isPresent("com.corundumstudio.socketio.annotation.OnEvent", classLoader)) {
			Arrays.stream(HandlerKind.values())
				.forEach((kind) -> hints.reflection()
					.registerType(kind.annotation(), MemberCategory.INVOKE_PUBLIC_METHODS));
		}
	}

}
