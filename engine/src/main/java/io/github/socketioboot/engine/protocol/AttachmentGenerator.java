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

package io.github.socketioboot.engine.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Generator that writes placeholders where others write Base64 and collects the bytes,
 * and that writes numbers and strings as {@code JSON.stringify} does. For one packet.
 */
final class AttachmentGenerator extends JsonGeneratorDelegate {

	private final List<byte[]> attachments;

	AttachmentGenerator(JsonGenerator delegate, List<byte[]> attachments) {
		super(delegate);
		this.attachments = attachments;
	}

	@Override
	public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
		boolean whole = offset == 0 && length == data.length;
		return writePlaceholder(whole ? data : Arrays.copyOfRange(data, offset, offset + length));
	}

	@Override
	public int writeBinary(Base64Variant variant, InputStream data, int length) {
		try {
			byte[] bytes = (length < 0) ? data.readAllBytes() : data.readNBytes(length);
			writePlaceholder(bytes);
			return bytes.length;
		}
		catch (IOException ex) {
			throw JacksonIOException.construct(ex, this);
		}
	}

	JsonGenerator writePlaceholder(byte[] attachment) {
		writeRawValue(SocketPacketEncoder.placeholder(this.attachments.size()));
		this.attachments.add(attachment);
		return this;
	}

	@Override
	public JsonGenerator writeNumber(double value) {
		this.delegate.writeRawValue(JsonText.ofDouble(value));
		return this;
	}

	@Override
	public JsonGenerator writeNumber(float value) {
		this.delegate.writeRawValue(JsonText.ofFloat(value));
		return this;
	}

	@Override
	public JsonGenerator writeArray(double[] values, int offset, int length) {
		writeStartArray(values, length);
		for (int i = offset; i < offset + length; i++) {
			writeNumber(values[i]);
		}
		writeEndArray();
		return this;
	}

	@Override
	public JsonGenerator writeString(String value) {
		if (value != null && JsonText.hasLoneSurrogate(value)) {
			this.delegate.writeRawValue(JsonText.quote(value));
		}
		else {
			this.delegate.writeString(value);
		}
		return this;
	}

}
