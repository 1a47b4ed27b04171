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

package io.github.socketioboot.engine.namespace;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Takes events that another node has sent with {@code serverSideEmit}. Called on handler
 * threads, in no order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ServerSideListener {

	/**
	 * An event has come.
	 * @param args arguments
	 * @param answer takes the answer, the first one only, or {@code null} if none is
	 * wanted
	 */
	void onEvent(List<@Nullable Object> args, @Nullable Consumer<@Nullable Object> answer);

}
