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

/**
 * Ends the receivers on one loop that a broadcast could not be handed over to, rather
 * than to let them miss it. Event loop only.
 */
final class Overflow implements Runnable {

	private final Slice slice;

	private final Excluded excluded;

	Overflow(Slice slice, Excluded excluded) {
		this.slice = slice;
		this.excluded = excluded;
	}

	@Override
	public void run() {
		for (int i = 0; i < this.slice.size(); i++) {
			AdapterSocket member = this.slice.members()[i];
			if (!this.excluded.contains(member)) {
				member.overflow();
			}
		}
	}

}
