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
 * Marks a method that handles what handler methods throw: those of its own bean or, in a
 * bean with {@link SocketIoAdvice}, those of all beans. The method for the closest
 * exception type is called, one of the own bean first; the causes of an exception count
 * if there is none for itself.
 * <p>
 * The method may declare, in any order, the exception, {@code SocketIOClient},
 * {@code AckRequest}, {@code HandshakeData}, {@code Principal} and a {@code String} that
 * names the event, {@code null} unless the exception is one of an event. What it returns
 * answers the acknowledgement if the client has asked for one.
 * <p>
 * What no such method handles goes to the bean of the type
 * {@link io.github.socketioboot.autoconfigure.SocketIoExceptionHandler}, which is not to
 * be confused with this annotation, or is logged.
 *
 * @since 0.1.0
 * @see ErrorAnswer
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SocketIoExceptionHandler {

	/**
	 * Types of the exceptions. Without any it is that of the argument.
	 * @return the types
	 */
	Class<? extends Exception>[] value() default {};

}
