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

/**
 * A property has a value that the server cannot work with. Stops the start, with a report
 * that names the property, the value and what to do.
 *
 * @since 0.1.0
 */
public class InvalidPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final String value;

	private final String reason;

	private final String remedy;

	/**
	 * Create an exception.
	 * @param property name of the property
	 * @param value value of the property
	 * @param reason what is wrong with it, as the end of a sentence
	 * @param remedy what to do, as a sentence
	 */
	public InvalidPropertyException(String property, Object value, String reason, String remedy) {
		super("%s: %s (%s)".formatted(property, value, reason));
		this.property = property;
		this.value = String.valueOf(value);
		this.reason = reason;
		this.remedy = remedy;
	}

	/**
	 * Return the name of the property.
	 * @return the name
	 */
	public String getProperty() {
		return this.property;
	}

	/**
	 * Return the value of the property.
	 * @return the value as text
	 */
	public String getValue() {
		return this.value;
	}

	/**
	 * Return what is wrong with the value.
	 * @return the end of a sentence
	 */
	public String getReason() {
		return this.reason;
	}

	/**
	 * Return what to do.
	 * @return a sentence
	 */
	public String getRemedy() {
		return this.remedy;
	}

}
