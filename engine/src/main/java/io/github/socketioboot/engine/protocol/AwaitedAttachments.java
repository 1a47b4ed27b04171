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

package io.github.socketioboot.engine.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A packet whose attachments have not all come yet. Event loop only.
 */
final class AwaitedAttachments {

	private static final String PLACEHOLDER = "_placeholder";

	private static final String NUMBER = "num";

	private final SocketPacket packet;

	private final int count;

	private final List<byte[]> attachments = new ArrayList<>(1);

	AwaitedAttachments(SocketPacket packet, int count) {
		this.packet = packet;
		this.count = count;
	}

	/**
	 * Add the next attachment.
	 * @param attachment the bytes
	 * @return whether it was the last one
	 */
	boolean add(byte[] attachment) {
		this.attachments.add(attachment);
		return this.attachments.size() == this.count;
	}

	/**
	 * Put the attachments in the place of their placeholders.
	 * @return the whole packet
	 * @throws PacketFormatException if a placeholder names no attachment
	 */
	SocketPacket complete() throws PacketFormatException {
		return new SocketPacket(this.packet.type(), this.packet.namespace(), this.packet.id(),
				resolve(this.packet.data()));
	}

	@SuppressWarnings("unchecked")
	private @Nullable Object resolve(@Nullable Object value) throws PacketFormatException {
		if (value instanceof List<?>) {
			List<@Nullable Object> list = (List<@Nullable Object>) value;
			for (int i = 0; i < list.size(); i++) {
				list.set(i, resolve(list.get(i)));
			}
		}
		else if (value instanceof Map<?, ?>) {
			Map<String, @Nullable Object> map = (Map<String, @Nullable Object>) value;
			if (Boolean.TRUE.equals(map.get(PLACEHOLDER))) {
				return attachment(map.get(NUMBER));
			}
			for (Map.Entry<String, @Nullable Object> entry : map.entrySet()) {
				entry.setValue(resolve(entry.getValue()));
			}
		}
		return value;
	}

	private byte[] attachment(@Nullable Object number) throws PacketFormatException {
		if (number instanceof Number index && index.doubleValue() == index.intValue() && index.intValue() >= 0
				&& index.intValue() < this.attachments.size()) {
			return this.attachments.get(index.intValue());
		}
		throw new PacketFormatException("illegal attachments");
	}

}
