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

package io.github.socketioboot.cluster.primary.proxy;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all connections of a proxy share. Thread-safe.
 *
 * @param config settings
 * @param upstreams knows the workers
 * @param waiting those who wait for a worker
 * @param heads writes heads
 * @param draining whether each connection ends with the answer that it waits for, or its
 * next one
 */
record ProxySettings(ProxyConfig config, Upstreams upstreams, WaitingRequests waiting, HeadWriter heads,
		AtomicBoolean draining) {

}
