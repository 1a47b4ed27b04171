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

package io.github.socketioboot.cluster.link;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;
import org.jspecify.annotations.Nullable;

/**
 * Kinds of frames, and how their bodies are written. Immutable.
 */
enum FrameType {

	HELLO(1, LinkFrame.Hello.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			LinkFrame.Hello hello = (LinkFrame.Hello) frame;
			out.writeByte(VERSION);
			writeText(hello.token(), out);
			out.writeInt(hello.number());
			out.writeBoolean(hello.descriptors());
		}

		@Override
		LinkFrame read(ByteBuf in) {
			int version = in.readUnsignedByte();
			if (version != VERSION) {
				throw new CorruptedFrameException("version " + version + " of the link (expected: " + VERSION + ")");
			}
			return new LinkFrame.Hello(readText(in), in.readInt(), in.readBoolean());
		}

	},

	WELCOME(2, LinkFrame.Welcome.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			LinkFrame.Welcome welcome = (LinkFrame.Welcome) frame;
			writeText(welcome.host(), out);
			out.writeInt(welcome.port());
			out.writeBoolean(welcome.descriptors());
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Welcome(readText(in), in.readInt(), in.readBoolean());
		}

	},

	DESCRIPTORS_READY(3, LinkFrame.DescriptorsReady.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.DescriptorsReady();
		}

	},

	READY(4, LinkFrame.Ready.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			LinkFrame.Ready ready = (LinkFrame.Ready) frame;
			out.writeInt(ready.httpPort());
			out.writeInt(ready.managementPort());
			writeText(ready.socket(), out);
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Ready(in.readInt(), in.readInt(), readText(in));
		}

	},

	SESSIONS(5, LinkFrame.Sessions.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			LinkFrame.Sessions sessions = (LinkFrame.Sessions) frame;
			out.writeInt(sessions.open());
			out.writeLong(sessions.opened());
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Sessions(in.readInt(), in.readLong());
		}

	},

	REPORT(6, LinkFrame.Report.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			StatusCodec.write(((LinkFrame.Report) frame).report(), out);
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Report(StatusCodec.readReport(in));
		}

	},

	HAND_OVER(7, LinkFrame.HandOver.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			out.writeLong(((LinkFrame.HandOver) frame).cookie());
		}

		@Override
		ByteBuf payload(LinkFrame frame) {
			return ((LinkFrame.HandOver) frame).bytes();
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.HandOver(in.readLong(), in.readRetainedSlice(in.readableBytes()));
		}

	},

	ACCEPTED(8, LinkFrame.Accepted.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			out.writeLong(((LinkFrame.Accepted) frame).cookie());
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Accepted(in.readLong());
		}

	},

	REJECTED(9, LinkFrame.Rejected.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			out.writeLong(((LinkFrame.Rejected) frame).cookie());
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Rejected(in.readLong());
		}

	},

	MESSAGE(10, LinkFrame.Message.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			out.writeInt(((LinkFrame.Message) frame).worker());
		}

		@Override
		ByteBuf payload(LinkFrame frame) {
			return ((LinkFrame.Message) frame).payload();
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Message(in.readInt(), in.readRetainedSlice(in.readableBytes()));
		}

	},

	JOIN(11, LinkFrame.Join.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			out.writeInt(((LinkFrame.Join) frame).worker());
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Join(in.readInt());
		}

	},

	LEAVE(12, LinkFrame.Leave.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			out.writeInt(((LinkFrame.Leave) frame).worker());
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Leave(in.readInt());
		}

	},

	HOST(13, LinkFrame.Host.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			StatusCodec.write(((LinkFrame.Host) frame).status(), out);
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Host(StatusCodec.readHost(in));
		}

	},

	DRAIN(14, LinkFrame.Drain.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			out.writeBoolean(((LinkFrame.Drain) frame).closeSessions());
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Drain(in.readBoolean());
		}

	},

	STOP(15, LinkFrame.Stop.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Stop();
		}

	},

	COMMAND(16, LinkFrame.Command.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			LinkFrame.Command command = (LinkFrame.Command) frame;
			out.writeInt(command.id());
			writeText(command.action().name(), out);
			out.writeInt(command.argument());
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Command(in.readInt(), LinkFrame.Command.Action.valueOf(readText(in)), in.readInt());
		}

	},

	COMMAND_RESULT(17, LinkFrame.CommandResult.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			LinkFrame.CommandResult result = (LinkFrame.CommandResult) frame;
			out.writeInt(result.id());
			out.writeBoolean(result.done());
			out.writeInt(result.value());
			writeText(result.text(), out);
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.CommandResult(in.readInt(), in.readBoolean(), in.readInt(), readText(in));
		}

	},

	PING(18, LinkFrame.Ping.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			out.writeLong(((LinkFrame.Ping) frame).time());
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Ping(in.readLong());
		}

	},

	PONG(19, LinkFrame.Pong.class) {

		@Override
		void write(LinkFrame frame, ByteBuf out) {
			out.writeLong(((LinkFrame.Pong) frame).time());
		}

		@Override
		LinkFrame read(ByteBuf in) {
			return new LinkFrame.Pong(in.readLong());
		}

	};

	/**
	 * Version of the link. A worker of another version is turned away: its program file
	 * was replaced while the primary ran.
	 */
	private static final int VERSION = 1;

	private static final Map<Class<?>, FrameType> BY_CLASS = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap((type) -> type.frames, Function.identity()));

	private static final @Nullable FrameType[] BY_CODE = byCode();

	private final int code;

	private final Class<? extends LinkFrame> frames;

	FrameType(int code, Class<? extends LinkFrame> frames) {
		this.code = code;
		this.frames = frames;
	}

	/**
	 * Return the type of a frame.
	 * @param frame the frame
	 * @return its type
	 */
	static FrameType of(LinkFrame frame) {
		FrameType type = BY_CLASS.get(frame.getClass());
		if (type == null) {
			throw new IllegalArgumentException("no type for " + frame.getClass());
		}
		return type;
	}

	/**
	 * Find a type.
	 * @param code number that stands for it
	 * @return the type
	 * @throws CorruptedFrameException if there is none
	 */
	static FrameType of(int code) {
		FrameType type = (code >= 0 && code < BY_CODE.length) ? BY_CODE[code] : null;
		if (type == null) {
			throw new CorruptedFrameException("a frame of unknown type " + code);
		}
		return type;
	}

	/**
	 * Return the number that stands for this type.
	 * @return number from 1 to 127
	 */
	int code() {
		return this.code;
	}

	/**
	 * Return the buffer that ends a frame.
	 * @param frame a frame of this type
	 * @return its buffer, still the frame's, or {@code null} if the type has none
	 */
	@Nullable ByteBuf payload(LinkFrame frame) {
		return null;
	}

	/**
	 * Write the body of a frame without the buffer that ends it.
	 * @param frame a frame of this type
	 * @param out where to
	 */
	abstract void write(LinkFrame frame, ByteBuf out);

	/**
	 * Read the body of a frame. A buffer that ends it is a retained slice.
	 * @param in the body
	 * @return the frame
	 */
	abstract LinkFrame read(ByteBuf in);

	private static @Nullable FrameType[] byCode() {
		@Nullable FrameType[] types = new FrameType[values().length + 1];
		for (FrameType type : values()) {
			types[type.code] = type;
		}
		return types;
	}

	static void writeText(String text, ByteBuf out) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.writeBytes(bytes);
	}

	static String readText(ByteBuf in) {
		int length = in.readInt();
		if (length < 0 || length > in.readableBytes()) {
			throw new CorruptedFrameException("a text of " + length + " bytes");
		}
		return in.readString(length, StandardCharsets.UTF_8);
	}

}
