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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of the Socket.IO handlers of an application. The real server runs on a free port
 * of the loopback interface, in one process whatever the application's configuration
 * says, and with no more of the application than its handlers and the hooks of the
 * server: what else they need, the test gives them, such as by {@code @MockitoBean} or
 * {@code @Import}.
 * <p>
 * A method of the test may have arguments of type
 * {@link io.github.socketioboot.test.client.SocketIoTestClient}: each is a client of the
 * server, not connected yet, that is closed after the test.
 * <p>
 * To test the application as a whole, use {@code @SpringBootTest} with
 * {@link AutoConfigureSocketIoTestClient}.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(SocketIoTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(SocketIoTypeExcludeFilter.class)
@AutoConfigureSocketIo
@AutoConfigureSocketIoTestClient
@ImportAutoConfiguration
public @interface SocketIoTest {

	/**
	 * Properties in the form {@code key=value} that are added to the environment.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Handlers to test; an alias of {@link #handlers()}.
	 * @return classes of beans with handler methods; without any, all are tested
	 */
	@AliasFor("handlers")
	Class<?>[] value() default {};

	/**
	 * Handlers to test.
	 * @return classes of beans with handler methods; without any, all are tested
	 */
	@AliasFor("value")
	Class<?>[] handlers() default {};

	/**
	 * Whether handlers and hooks that the application's component scan finds are used at
	 * all, besides those that filters include.
	 * @return {@code true} if they are
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Filters of components that are used besides.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Filters of components that are not used.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations that are not used.
	 * @return the auto-configurations
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
