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

/**
 * Headers in which proxies tell of the client. One kind only: a proxy that writes one
 * passes on what clients write in the others.
 *
 * @since 0.1.0
 */
public enum ForwardedHeaders {

	/**
	 * None is looked at.
	 */
	NONE,

	/**
	 * {@code X-Forwarded-For}, {@code -Proto}, {@code -Host} and {@code -Port}.
	 */
	X_FORWARDED,

	/**
	 * {@code Forwarded} (RFC 7239).
	 */
	FORWARDED

}
