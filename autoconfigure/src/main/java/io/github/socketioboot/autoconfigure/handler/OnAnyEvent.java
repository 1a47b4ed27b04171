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

package io.github.socketioboot.autoconfigure.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that sees each event of the namespace before its handlers, as
 * {@code socket.onAny} does in Node's server: to log, to count, to refuse. When it
 * throws, the event is not handled and fails with that exception.
 * <p>
 * The method returns nothing. It may declare, in any order, the {@code String} that names
 * the event, its payloads as a {@code List}, an array or a {@code JsonNode},
 * {@code SocketIOClient}, {@code AckRequest}, {@code HandshakeData} and
 * {@code Principal}.
 *
 * @since 0.1.0
 * @see OnUnhandledEvent
 * @see SocketIoNamespace
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnAnyEvent {

}
