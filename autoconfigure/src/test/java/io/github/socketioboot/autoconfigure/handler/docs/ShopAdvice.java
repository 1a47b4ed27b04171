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

package io.github.socketioboot.autoconfigure.handler.docs;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import io.github.socketioboot.autoconfigure.handler.ErrorAnswer;
import io.github.socketioboot.autoconfigure.handler.SocketIoAdvice;
import io.github.socketioboot.autoconfigure.handler.SocketIoExceptionHandler;

@SocketIoAdvice
class ShopAdvice {

	@SocketIoExceptionHandler({ IOException.class, TimeoutException.class })
	ErrorAnswer unavailable() {
		return ErrorAnswer.of("Try again later");
	}

}
