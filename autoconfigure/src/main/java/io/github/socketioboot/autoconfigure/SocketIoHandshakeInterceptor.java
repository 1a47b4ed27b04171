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

package io.github.socketioboot.autoconfigure;

import io.github.socketioboot.engine.session.HandshakeInterceptor;

/**
 * Decides whether a handshake may become a session, before anything is kept for it. A
 * bean of this type is asked for every handshake. With several beans the first refusal,
 * in their order, counts; what they give the session is put together, and clients of the
 * session start with it as their state. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SocketIoHandshakeInterceptor extends HandshakeInterceptor {

}
