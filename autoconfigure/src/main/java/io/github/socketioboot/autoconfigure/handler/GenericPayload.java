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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * A payload of a generic type, such as a list of records. Immutable.
 *
 * @param position position among the payloads
 * @param mapper converts it
 * @param type its type
 */
record GenericPayload(int position, JsonMapper mapper, JavaType type) implements HandlerArgument {

	@Override
	public @Nullable Object resolve(HandlerCall call) throws PayloadTypeException {
		Object value = call.payload(this.position);
		try {
			return (value != null) ? this.mapper.convertValue(value, this.type) : null;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new PayloadTypeException(this.type.getRawClass(), ex);
		}
	}

}
