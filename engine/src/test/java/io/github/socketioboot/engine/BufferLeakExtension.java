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

package io.github.socketioboot.engine;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which Netty's detector reports a buffer that was never
 * released. A buffer of an earlier class may be reported late and then blames a later
 * one: the records in the message say where the buffer has been. Registered for all tests
 * of this module.
 */
public class BufferLeakExtension implements BeforeAllCallback, AfterAllCallback {

	private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

	private static final int MAX_COLLECTIONS = 20;

	@Override
	public void beforeAll(ExtensionContext context) {
		ByteBufUtil.setLeakListener((resourceType, records) -> {
			if (!isOfNettySocketIo(records)) {
				LEAKS.add(resourceType + records);
			}
		});
	}

	// Some tests run netty-socketio's own wire to show what it does wrong
	private static boolean isOfNettySocketIo(String records) {
		return records.contains("com.corundumstudio.socketio.") && !records.contains("io.github.socketioboot.engine.");
	}

	@Override
	public void afterAll(ExtensionContext context) throws InterruptedException {
		collectGarbage();
		// The detector reports when the next buffer is tracked
		ByteBufAllocator.DEFAULT.directBuffer(1).release();
		List<String> leaks = new ArrayList<>();
		for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
			leaks.add(leak);
		}
		if (!leaks.isEmpty()) {
			throw new AssertionError(leaks.size() + " buffers were not released: " + String.join("\n\n", leaks));
		}
	}

	private static void collectGarbage() throws InterruptedException {
		ReferenceQueue<Object> collected = new ReferenceQueue<>();
		WeakReference<Object> reference = new WeakReference<>(new Object(), collected);
		for (int i = 0; i < MAX_COLLECTIONS; i++) {
			System.gc();
			if (collected.remove(TimeUnit.SECONDS.toMillis(1)) == reference) {
				return;
			}
		}
	}

}
