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

package io.github.socketioboot.engine.netty.forwarded;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as far as proxies say so and are believed. Immutable.
 *
 * @param address address of the client; port 0 if it is not known
 * @param secure whether the client uses TLS
 * @param host host that the client has asked for, with its port if it is not the usual
 * one, or {@code null} if it is not known
 * @since 0.1.0
 */
public record ClientOrigin(InetSocketAddress address, boolean secure, @Nullable String host) {

}
