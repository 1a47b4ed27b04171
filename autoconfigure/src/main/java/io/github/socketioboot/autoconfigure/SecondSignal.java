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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ClassUtils;

/**
 * Ends the process at once at the second INT or TERM: the first one drains, as the JVM
 * itself ignores what follows while shutdown hooks run. The JVM's type for signals is
 * reached by reflection since it is in an optional module. Signals that are ignored, as
 * below {@code nohup}, stay so. Thread-safe.
 */
final class SecondSignal implements InvocationHandler {

	private static final Logger logger = LoggerFactory.getLogger(SecondSignal.class);

	private static final String SIGNAL = "sun.misc.Signal";

	private static final String HANDLER = "sun.misc.SignalHandler";

	/**
	 * Exit codes of a process ended by a signal are this and the signal's number.
	 */
	private static final int SIGNALLED = 128;

	private final AtomicBoolean received = new AtomicBoolean();

	private final List<Object> signals = new ArrayList<>();

	private final List<Object> previous = new ArrayList<>();

	private @Nullable Method handle;

	/**
	 * Begin to count signals.
	 * @return the counter
	 */
	static SecondSignal watch() {
		SecondSignal watch = new SecondSignal();
		watch.install();
		return watch;
	}

	private synchronized void install() {
		try {
			ClassLoader loader = SecondSignal.class.getClassLoader();
			Class<?> signalType = ClassUtils.forName(SIGNAL, loader);
			Class<?> handlerType = ClassUtils.forName(HANDLER, loader);
			this.handle = signalType.getMethod("handle", signalType, handlerType);
			Object ignore = handlerType.getField("SIG_IGN").get(null);
			Object handler = Proxy.newProxyInstance(loader, new Class<?>[] { handlerType }, this);
			for (String name : List.of("INT", "TERM")) {
				Object signal = signalType.getConstructor(String.class).newInstance(name);
				Object before = this.handle.invoke(null, signal, handler);
				if (before.equals(ignore)) {
					this.handle.invoke(null, signal, before);
					continue;
				}
				this.signals.add(signal);
				this.previous.add(before);
			}
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			logger.debug("A second signal will not end the process at once", ex);
		}
	}

	/**
	 * Go back to how signals were handled before, unless one has come.
	 */
	synchronized void restore() {
		Method handle = this.handle;
		if (handle == null || this.received.get()) {
			return;
		}
		try {
			for (int i = 0; i < this.signals.size(); i++) {
				handle.invoke(null, this.signals.get(i), this.previous.get(i));
			}
		}
		catch (ReflectiveOperationException ex) {
			logger.debug("Signals are still counted", ex);
		}
		this.signals.clear();
		this.previous.clear();
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
		if (method.getDeclaringClass() == Object.class) {
			return switch (method.getName()) {
				case "equals" -> proxy == arguments[0];
				case "hashCode" -> System.identityHashCode(proxy);
				default -> "SecondSignal";
			};
		}
		Object signal = arguments[0];
		if (this.received.compareAndSet(false, true)) {
			first(method, signal);
		}
		else {
			Runtime.getRuntime().halt(SIGNALLED + (int) signal.getClass().getMethod("getNumber").invoke(signal));
		}
		return null;
	}

	private void first(Method handlerMethod, @Nullable Object signal) throws ReflectiveOperationException {
		Object before = null;
		synchronized (this) {
			int index = this.signals.indexOf(signal);
			before = (index >= 0) ? this.previous.get(index) : null;
		}
		if (before != null) {
			handlerMethod.invoke(before, signal);
		}
	}

}
