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

package io.github.socketioboot.engine.bridge;

import java.util.List;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.protocol.AckArgs;
import com.corundumstudio.socketio.protocol.JsonSupport;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;

/**
 * Stands in a configuration without a {@link JsonSupport}, so that netty-socketio builds
 * none of its own: the engine reads and writes payloads with its mapper. Immutable.
 */
final class UnusedJsonSupport implements JsonSupport {

	private static final String MESSAGE = "Payloads are read and written by the engine's JsonMapper";

	@Override
	public AckArgs readAckArgs(ByteBufInputStream src, AckCallback<?> callback) {
		throw new UnsupportedOperationException(MESSAGE);
	}

	@Override
	public <T> T readValue(String namespaceName, ByteBufInputStream src, Class<T> valueType) {
		throw new UnsupportedOperationException(MESSAGE);
	}

	@Override
	public void writeValue(ByteBufOutputStream out, Object value) {
		throw new UnsupportedOperationException(MESSAGE);
	}

	@Override
	public void addEventMapping(String namespaceName, String eventName, Class<?>... eventClass) {
		// Listeners keep the types of their payloads themselves
	}

	@Override
	public void removeEventMapping(String namespaceName, String eventName) {
		// None was added
	}

	@Override
	public List<byte[]> getArrays() {
		return List.of();
	}

}
