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

import io.github.socketioboot.engine.bridge.PayloadTypeException;
import org.jspecify.annotations.Nullable;

/**
 * A payload of a class, which the server has converted already. Immutable.
 *
 * @param position position among the payloads
 * @param type class that the method declares
 */
record PlainPayload(int position, Class<?> type) implements HandlerArgument {

	@Override
	public @Nullable Object resolve(HandlerCall call) throws PayloadTypeException {
		Object value = call.payload(this.position);
		if (value == null && this.type.isPrimitive()) {
			throw new PayloadTypeException(this.type, null);
		}
		return value;
	}

}
