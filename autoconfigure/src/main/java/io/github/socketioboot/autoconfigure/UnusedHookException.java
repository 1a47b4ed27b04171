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

/**
 * A bean that would keep clients out is not asked, since the application has a server of
 * its own.
 */
class UnusedHookException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param beanName name of the bean that is not asked
	 * @param type type of that bean
	 */
	UnusedHookException(String beanName, Class<?> type) {
		super("The bean '%s' of type %s is not asked, since the application defines a SocketIOServer bean of its own."
			.formatted(beanName, type.getSimpleName()));
	}

}
