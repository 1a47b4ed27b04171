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

/**
 * What is wrong with a payload, without the value that was sent. Immutable.
 *
 * @param argument position of the payload in the event, from 0
 * @param field path to the value below the payload, such as {@code items[2].name}; empty
 * for the payload itself
 * @param message what is wrong, such as {@code must not be blank}
 * @since 0.1.0
 */
public record PayloadError(int argument, String field, String message) {

}
