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

package io.github.socketioboot.test;

import java.util.stream.Stream;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;
import org.springframework.test.context.TestContextBootstrapper;

/**
 * {@link TestContextBootstrapper} for {@link SocketIoTest}.
 */
class SocketIoTestContextBootstrapper extends TestSliceTestContextBootstrapper<SocketIoTest> {

	private static final String[] DEFAULTS = { "socketio.host=127.0.0.1", "socketio.port=0",
			"socketio.cluster.instances=1", "socketio.cluster.adapter=none" };

	@Override
	protected String[] getProperties(Class<?> testClass) {
		String[] properties = super.getProperties(testClass);
		return Stream.concat(Stream.of(DEFAULTS), Stream.of((properties != null) ? properties : new String[0]))
			.toArray(String[]::new);
	}

}
