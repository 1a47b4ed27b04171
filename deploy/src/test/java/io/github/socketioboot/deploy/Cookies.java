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

package io.github.socketioboot.deploy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;

/**
 * Cookies of one browser, by name.
 */
final class Cookies implements CookieJar {

	private final Map<String, Cookie> cookies = new ConcurrentHashMap<>();

	@Override
	public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
		cookies.forEach((cookie) -> this.cookies.put(cookie.name(), cookie));
	}

	@Override
	public List<Cookie> loadForRequest(HttpUrl url) {
		return this.cookies.values().stream().filter((cookie) -> cookie.matches(url)).toList();
	}

}
