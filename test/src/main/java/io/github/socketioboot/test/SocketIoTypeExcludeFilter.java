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

import java.io.IOException;
import java.util.Set;

import com.corundumstudio.socketio.annotation.OnEvent;
import io.github.socketioboot.autoconfigure.SocketIoAuthenticator;
import io.github.socketioboot.autoconfigure.SocketIoExceptionHandler;
import io.github.socketioboot.autoconfigure.SocketIoHandshakeInterceptor;
import io.github.socketioboot.autoconfigure.SocketIoServerCustomizer;
import io.github.socketioboot.autoconfigure.handler.SocketIoNamespace;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JacksonModule;

import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.ClassMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Leaves handlers and hooks of the server in the component scan of a
 * {@link SocketIoTest}. Immutable.
 */
class SocketIoTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<SocketIoTest> {

	private static final Set<Class<?>> HOOKS = Set.of(SocketIoAuthenticator.class, SocketIoExceptionHandler.class,
			SocketIoHandshakeInterceptor.class, SocketIoServerCustomizer.class, JacksonComponent.class,
			JacksonModule.class, JsonMapperBuilderCustomizer.class, Converter.class, GenericConverter.class);

	/**
	 * Packages of annotations of handlers, netty-socketio's and ours.
	 */
	private static final Set<String> PACKAGES = Set.of(OnEvent.class.getPackageName(),
			SocketIoNamespace.class.getPackageName());

	private final Set<Class<?>> handlers;

	SocketIoTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.handlers = Set.of(getAnnotation().getClassArray("handlers"));
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return HOOKS;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.handlers;
	}

	@Override
	protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		return super.defaultInclude(reader, factory) || isAdvice(reader)
				|| (this.handlers.isEmpty() && hasHandlers(reader, factory));
	}

	// What serves all handlers, as opposed to a namespace
	private static boolean isAdvice(MetadataReader reader) {
		return areOurs(reader.getAnnotationMetadata())
				&& !reader.getAnnotationMetadata().isAnnotated(SocketIoNamespace.class.getName());
	}

	private static boolean areOurs(AnnotatedTypeMetadata metadata) {
		return metadata.getAnnotations()
			.stream()
			.anyMatch((annotation) -> PACKAGES.contains(annotation.getType().getPackageName()));
	}

	// A handler method may be declared by a base class or an interface
	private static boolean hasHandlers(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		AnnotationMetadata annotations = reader.getAnnotationMetadata();
		if (areOurs(annotations)
				|| annotations.getDeclaredMethods().stream().anyMatch(SocketIoTypeExcludeFilter::areOurs)) {
			return true;
		}
		ClassMetadata type = reader.getClassMetadata();
		if (hasHandlers(type.getSuperClassName(), factory)) {
			return true;
		}
		for (String implemented : type.getInterfaceNames()) {
			if (hasHandlers(implemented, factory)) {
				return true;
			}
		}
		return false;
	}

	private static boolean hasHandlers(@Nullable String type, MetadataReaderFactory factory) throws IOException {
		return type != null && !type.startsWith("java.") && hasHandlers(factory.getMetadataReader(type), factory);
	}

}
