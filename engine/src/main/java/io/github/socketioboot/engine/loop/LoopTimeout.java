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

package io.github.socketioboot.engine.loop;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens once after a while on an {@link EngineLoop}, armed by
 * {@link EngineLoop#arm}. To be extended by what waits, so that a timeout costs no object
 * of its own. Event loop only.
 *
 * @since 0.1.0
 */
public abstract class LoopTimeout {

	@Nullable LoopTimeout previous;

	@Nullable LoopTimeout next;

	int slot = TimerWheel.NOT_ARMED;

	long deadlineTick;

	/**
	 * Called on the loop when the time has come.
	 */
	protected abstract void onTimeout();

	/**
	 * Disarm. Does nothing if the timeout is not pending.
	 */
	public final void disarm() {
		TimerWheel wheel = this.wheel;
		if (wheel != null) {
			wheel.disarm(this);
		}
	}

	/**
	 * Return whether the timeout is pending.
	 * @return {@code true} between arming and firing
	 */
	public final boolean isArmed() {
		return this.slot != TimerWheel.NOT_ARMED;
	}

	@Nullable TimerWheel wheel;

}
