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

package io.github.socketioboot.engine.adapter;

import java.util.List;
import java.util.function.Consumer;

import io.github.socketioboot.engine.protocol.SocketPacketEncoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Namespace without sockets.
 */
final class UnusedNamespace implements AdapterNamespace {

	@Override
	public String name() {
		return "/unused";
	}

	@Override
	public SocketPacketEncoder encoder() {
		return new SocketPacketEncoder(JsonMapper.builder().build());
	}

	@Override
	public long nextAckId() {
		throw new UnsupportedOperationException();
	}

	@Override
	public int maxRoomsPerSocket() {
		return 1;
	}

	@Override
	public @Nullable AdapterSocket socket(String id) {
		return null;
	}

	@Override
	public void refuseRooms() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void onServerSideEmit(List<@Nullable Object> packet, @Nullable Consumer<@Nullable Object> answer) {
		throw new UnsupportedOperationException();
	}

}
