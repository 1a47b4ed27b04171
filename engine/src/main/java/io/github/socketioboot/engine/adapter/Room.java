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

import java.util.ArrayList;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.socketioboot.engine.loop.EngineLoop;
import org.jspecify.annotations.Nullable;

/**
 * Members of a room, or of the whole namespace, by loop. Thread-safe; its monitor is
 * taken last.
 */
final class Room {

	private final boolean everyone;

	@GuardedBy("this")
	private final List<MemberList> lists = new ArrayList<>(1);

	@GuardedBy("this")
	private @Nullable Receivers receivers;

	Room(boolean everyone) {
		this.everyone = everyone;
	}

	synchronized void add(AdapterSocket socket) {
		list(socket.loop()).add(socket);
		this.receivers = null;
	}

	synchronized void remove(AdapterSocket socket) {
		if (list(socket.loop()).remove(socket)) {
			this.receivers = null;
		}
	}

	synchronized int size() {
		int size = 0;
		for (int i = 0; i < this.lists.size(); i++) {
			size += this.lists.get(i).size();
		}
		return size;
	}

	/**
	 * Return who is in the room now. Costs nothing unless the room has changed since the
	 * last call.
	 * @return the members
	 */
	synchronized Receivers receivers() {
		Receivers receivers = this.receivers;
		if (receivers == null) {
			List<Slice> slices = new ArrayList<>(this.lists.size());
			for (MemberList list : this.lists) {
				if (list.size() > 0) {
					slices.add(list.slice());
				}
			}
			receivers = new Receivers(slices);
			this.receivers = receivers;
		}
		return receivers;
	}

	@GuardedBy("this")
	private MemberList list(EngineLoop loop) {
		for (int i = 0; i < this.lists.size(); i++) {
			if (this.lists.get(i).loop().equals(loop)) {
				return this.lists.get(i);
			}
		}
		MemberList list = new MemberList(loop, this.everyone);
		this.lists.add(list);
		return list;
	}

}
