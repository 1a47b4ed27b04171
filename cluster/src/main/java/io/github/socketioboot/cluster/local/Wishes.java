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

package io.github.socketioboot.cluster.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.socketioboot.cluster.local.Worker.Listener;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application what the primary wishes, from when it listens: what comes earlier
 * is kept. Event loop of the link only.
 */
final class Wishes {

	/**
	 * Most wishes that are kept. There are few different ones.
	 */
	private static final int MAX_KEPT = 16;

	private final List<Consumer<Listener>> kept = new ArrayList<>();

	private @Nullable Listener listener;

	void listen(Listener listener) {
		this.listener = listener;
		this.kept.forEach((wish) -> wish.accept(listener));
		this.kept.clear();
	}

	/**
	 * Tell something that is not worth to be kept.
	 * @param wish tells it
	 */
	void tellNow(Consumer<Listener> wish) {
		if (this.listener != null) {
			wish.accept(this.listener);
		}
	}

	void tell(Consumer<Listener> wish) {
		if (this.listener != null) {
			wish.accept(this.listener);
		}
		else if (this.kept.size() < MAX_KEPT) {
			this.kept.add(wish);
		}
	}

}
