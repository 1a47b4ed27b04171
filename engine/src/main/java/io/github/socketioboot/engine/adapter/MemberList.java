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

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

import io.github.socketioboot.engine.loop.EngineLoop;
import org.jspecify.annotations.Nullable;

/**
 * Members of a room, or of the whole namespace, on one loop: dense, in no order. An array
 * that was given away as a {@link Slice} is never changed within the slice's length, only
 * behind it. Guarded by the monitor of its room.
 */
final class MemberList {

	static final int NOT_A_MEMBER = -1;

	/**
	 * Members up to which the place of one is searched rather than looked up.
	 */
	private static final int MAX_SEARCHED = 64;

	private static final int MIN_CAPACITY = 4;

	private final EngineLoop loop;

	private final boolean everyone;

	private AdapterSocket[] members = new AdapterSocket[MIN_CAPACITY];

	private int size;

	private boolean shared;

	private @Nullable Map<AdapterSocket, Integer> places;

	/**
	 * Create an empty list.
	 * @param loop loop of the members
	 * @param everyone whether this is the list of the namespace, whose members know their
	 * place themselves
	 */
	MemberList(EngineLoop loop, boolean everyone) {
		this.loop = loop;
		this.everyone = everyone;
	}

	EngineLoop loop() {
		return this.loop;
	}

	int size() {
		return this.size;
	}

	void add(AdapterSocket member) {
		if (this.size == this.members.length) {
			replace(this.size * 2);
		}
		this.members[this.size] = member;
		place(member, this.size);
		this.size++;
		if (!this.everyone && this.places == null && this.size > MAX_SEARCHED) {
			this.places = new IdentityHashMap<>();
			for (int i = 0; i < this.size; i++) {
				this.places.put(this.members[i], i);
			}
		}
	}

	boolean remove(AdapterSocket member) {
		int place = placeOf(member);
		if (place == NOT_A_MEMBER) {
			return false;
		}
		boolean sparse = this.members.length > MIN_CAPACITY && this.size <= this.members.length / 4;
		if (this.shared || sparse) {
			replace(sparse ? this.members.length / 2 : this.members.length);
		}
		this.size--;
		AdapterSocket last = this.members[this.size];
		this.members[place] = last;
		place(last, place);
		Arrays.fill(this.members, this.size, this.size + 1, null);
		if (this.everyone) {
			member.position = NOT_A_MEMBER;
		}
		else if (this.places != null) {
			this.places.remove(member);
			if (this.size < MAX_SEARCHED / 2) {
				this.places = null;
			}
		}
		return true;
	}

	Slice slice() {
		this.shared = true;
		return new Slice(this.loop, this.members, this.size);
	}

	private void replace(int capacity) {
		AdapterSocket[] members = new AdapterSocket[capacity];
		System.arraycopy(this.members, 0, members, 0, this.size);
		this.members = members;
		this.shared = false;
	}

	private void place(AdapterSocket member, int place) {
		if (this.everyone) {
			member.position = place;
		}
		else if (this.places != null) {
			this.places.put(member, place);
		}
	}

	private int placeOf(AdapterSocket member) {
		if (this.everyone) {
			return member.position;
		}
		if (this.places != null) {
			Integer place = this.places.get(member);
			return (place != null) ? place : NOT_A_MEMBER;
		}
		for (int i = 0; i < this.size; i++) {
			if (isSame(this.members[i], member)) {
				return i;
			}
		}
		return NOT_A_MEMBER;
	}

	@SuppressWarnings("ReferenceEquality")
	private static boolean isSame(AdapterSocket one, AdapterSocket other) {
		return one == other;
	}

}
