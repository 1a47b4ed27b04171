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

package io.github.socketioboot.cluster.primary;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptPauseTests {

	@Test
	void waitsAMomentWhenNothingCanBeAccepted() {
		EmbeddedChannel channel = new EmbeddedChannel(new AcceptPause());
		channel.freezeTime();
		channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
		assertThat(channel.config().isAutoRead()).isFalse();
		channel.advanceTimeBy(99, TimeUnit.MILLISECONDS);
		channel.runScheduledPendingTasks();
		assertThat(channel.config().isAutoRead()).isFalse();
		channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
		channel.runScheduledPendingTasks();
		assertThat(channel.config().isAutoRead()).isTrue();
		assertThat(channel.isOpen()).isTrue();
		channel.checkException();
		channel.finishAndReleaseAll();
	}

}
