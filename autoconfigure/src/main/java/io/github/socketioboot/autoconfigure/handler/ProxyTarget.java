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

import org.jspecify.annotations.Nullable;

import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;

/**
 * Finds what is behind Spring's proxies of a bean. Stateless.
 */
final class ProxyTarget {

	private ProxyTarget() {
	}

	/**
	 * Return the object that proxies lead to now.
	 * @param bean the bean
	 * @return the object; the bean itself if it is no proxy of Spring's
	 */
	static Object of(Object bean) {
		Object current = bean;
		while (current instanceof Advised advised) {
			Object target = target(advised.getTargetSource());
			if (target == null) {
				return current;
			}
			current = target;
		}
		return current;
	}

	private static @Nullable Object target(TargetSource source) {
		try {
			Object target = source.getTarget();
			if (target != null && !source.isStatic()) {
				source.releaseTarget(target);
			}
			return target;
		}
		catch (Exception ex) {
			throw new IllegalStateException("The target of a handler's proxy is not there", ex);
		}
	}

}
