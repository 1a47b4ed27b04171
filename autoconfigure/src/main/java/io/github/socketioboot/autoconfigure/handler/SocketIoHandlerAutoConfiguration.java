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

import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.SpringAnnotationScanner;
import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import jakarta.validation.Validator;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of annotated handler methods. Backs
 * off when netty-socketio's own {@link SpringAnnotationScanner} is a bean, which finds
 * the same methods.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SocketIoAutoConfiguration.class)
@ConditionalOnClass(SocketIOServer.class)
@ConditionalOnBean({ SocketIOServer.class, SocketIoAutoConfiguration.class })
@ConditionalOnMissingBean(SpringAnnotationScanner.class)
public final class SocketIoHandlerAutoConfiguration {

	@Bean
	HandlerMethodRegistrar socketIoHandlerMethodRegistrar(ConfigurableListableBeanFactory beanFactory,
			SocketIOServer server, ObjectProvider<JsonMapper> mapper, ObjectProvider<HandlerValidation> validation) {
		return new HandlerMethodRegistrar(beanFactory, server, mapper.getIfAvailable(JsonMapper::shared),
				validation.getIfAvailable(MissingValidator::new));
	}

	/**
	 * Validation of payloads.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Validator.class)
	static class ValidationConfiguration {

		@Bean
		BeanValidation socketIoHandlerValidation(ObjectProvider<Validator> validator) {
			return new BeanValidation(validator);
		}

	}

}
