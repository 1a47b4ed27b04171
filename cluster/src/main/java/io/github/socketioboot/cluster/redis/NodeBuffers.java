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

package io.github.socketioboot.cluster.redis;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Bytes in JSON as Node.js writes its buffers:
 * <code>{"type":"Buffer","data":[1,2]}</code>.
 */
final class NodeBuffers {

	static final String TYPE = "type";

	static final String BUFFER = "Buffer";

	static final String DATA = "data";

	private static final int MAX_BYTE = 255;

	private NodeBuffers() {
	}

	/**
	 * Put bytes where such objects are.
	 * @param value maps, lists and scalars, which are changed
	 * @return the value, or the bytes
	 */
	@SuppressWarnings("unchecked")
	static @Nullable Object revive(@Nullable Object value) {
		if (value instanceof List<?>) {
			((List<@Nullable Object>) value).replaceAll(NodeBuffers::revive);
		}
		else if (value instanceof Map<?, ?>) {
			Map<String, @Nullable Object> map = (Map<String, @Nullable Object>) value;
			byte[] bytes = bytes(map);
			if (bytes != null) {
				return bytes;
			}
			map.replaceAll((name, element) -> revive(element));
		}
		return value;
	}

	private static byte @Nullable [] bytes(Map<String, @Nullable Object> map) {
		if (map.size() != 2 || !BUFFER.equals(map.get(TYPE)) || !(map.get(DATA) instanceof List<?> list)) {
			return null;
		}
		byte[] bytes = new byte[list.size()];
		for (int i = 0; i < bytes.length; i++) {
			if (!(list.get(i) instanceof Integer number) || number < 0 || number > MAX_BYTE) {
				return null;
			}
			bytes[i] = number.byteValue();
		}
		return bytes;
	}

}
