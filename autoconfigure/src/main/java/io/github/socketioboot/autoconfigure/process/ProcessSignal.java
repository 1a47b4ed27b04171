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

package io.github.socketioboot.autoconfigure.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A signal of the operating system that this process handles. The JVM's types for signals
 * are reached by reflection since they are in an optional module. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ProcessSignal {

	/**
	 * Exit codes of a process ended by a signal are this and the signal's number.
	 */
	public static final int SIGNALLED = 128;

	private static final Logger logger = LoggerFactory.getLogger(ProcessSignal.class);

	private static final String SIGNAL = "sun.misc.Signal";

	private static final String HANDLER = "sun.misc.SignalHandler";

	private final Object signal;

	private final Object previous;

	private final Class<?> handlerType;

	private ProcessSignal(Object signal, Object previous, Class<?> handlerType) {
		this.signal = signal;
		this.previous = previous;
		this.handlerType = handlerType;
	}

	/**
	 * Handle a signal. One that is ignored, as below {@code nohup}, stays so.
	 * @param name name of the signal without {@code SIG}, such as {@code TERM}
	 * @param action what to do at each such signal; called on a thread of its own
	 * @return the signal, or {@code null} if it is ignored or cannot be handled
	 */
	public static @Nullable ProcessSignal handle(String name, Runnable action) {
		try {
			ClassLoader loader = ProcessSignal.class.getClassLoader();
			Class<?> signalType = Class.forName(SIGNAL, false, loader);
			Class<?> handlerType = Class.forName(HANDLER, false, loader);
			Object ignore = handlerType.getField("SIG_IGN").get(null);
			Object signal = signalType.getConstructor(String.class).newInstance(name);
			Object handler = Proxy.newProxyInstance(loader, new Class<?>[] { handlerType }, new Handler(action));
			Object previous = exchange(handlerType, signal, handler);
			if (previous.equals(ignore)) {
				exchange(handlerType, signal, ignore);
				return null;
			}
			return new ProcessSignal(signal, previous, handlerType);
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			logger.debug("The signal {} cannot be handled", name, ex);
			return null;
		}
	}

	private static Object exchange(Class<?> handlerType, Object signal, Object handler)
			throws ReflectiveOperationException {
		return signal.getClass().getMethod("handle", signal.getClass(), handlerType).invoke(null, signal, handler);
	}

	/**
	 * Return the exit code of a process that the signal ends.
	 * @return 128 and the number of the signal
	 */
	public int exitCode() {
		try {
			return SIGNALLED + (int) this.signal.getClass().getMethod("getNumber").invoke(this.signal);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Do what would have been done without this object, such as end the process.
	 */
	public void callPrevious() {
		try {
			this.handlerType.getMethod("handle", this.signal.getClass()).invoke(this.previous, this.signal);
		}
		catch (InvocationTargetException ex) {
			logger.debug("The previous handler of a signal has failed", ex);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Go back to how the signal was handled before.
	 */
	public void restore() {
		try {
			exchange(this.handlerType, this.signal, this.previous);
		}
		catch (ReflectiveOperationException ex) {
			logger.debug("A signal is still handled", ex);
		}
	}

	/**
	 * Stands in for the JVM's handler.
	 *
	 * @param action what to do
	 */
	private record Handler(Runnable action) implements InvocationHandler {

		@Override
		public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments) {
			if (method.getDeclaringClass() == Object.class) {
				return switch (method.getName()) {
					case "equals" -> proxy == arguments[0];
					case "hashCode" -> System.identityHashCode(proxy);
					default -> "ProcessSignal";
				};
			}
			this.action.run();
			return null;
		}

	}

}
