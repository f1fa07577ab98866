package dev.patchgrad.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;

/** The types of elements that an .npy file may hold, by NumPy's codes for them. */
enum NpyType {
  BOOL("b1", '?', 1),
  INT8("i1", 'b', 1),
  INT16("i2", 'h', 2),
  INT32("i4", 'i', 4),
  INT64("i8", 'q', 8),
  UINT8("u1", 'B', 1),
  UINT16("u2", 'H', 2),
  UINT32("u4", 'I', 4),
  UINT64("u8", 'Q', 8),
  FLOAT16("f2", 'e', 2),
  FLOAT32("f4", 'f', 4),
  FLOAT64("f8", 'd', 8);

  private final String code;
  private final char letter;
  private final int bytes;

  NpyType(String code, char letter, int bytes) {
    this.code = code;
    this.letter = letter;
    this.bytes = bytes;
  }

  /**
   * The type of a description such as {@code <f8}, {@code =f4} or {@code <d}.
   *
   * @param description a byte order, if any, and a type's code or letter
   * @return the type; empty where it is none of these
   */
  static Optional<NpyType> of(String description) {
    String type = description.replaceFirst("^[<>=|]", "");
    for (NpyType known : values()) {
      if (type.equals(known.code) || type.equals(String.valueOf(known.letter))) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /**
   * The byte order of a description. Without one, or with {@code =} or {@code |}, NumPy takes that
   * of the machine.
   */
  static ByteOrder order(String description) {
    return switch (description.charAt(0)) {
      case '<' -> ByteOrder.LITTLE_ENDIAN;
      case '>' -> ByteOrder.BIG_ENDIAN;
      default -> ByteOrder.nativeOrder();
    };
  }

  /** Bytes of an element. */
  int bytes() {
    return bytes;
  }

  boolean isFloatingPoint() {
    return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
  }

  /** NumPy's name of it, such as {@code float32}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * One element.
   *
   * @param buffer in the file's byte order
   * @param at index of its first byte
   * @return its value; of 64-bit integers the nearest double
   */
  double get(ByteBuffer buffer, int at) {
    return switch (this) {
      case BOOL -> buffer.get(at) == 0 ? 0 : 1;
      case INT8 -> buffer.get(at);
      case INT16 -> buffer.getShort(at);
      case INT32 -> buffer.getInt(at);
      case INT64 -> buffer.getLong(at);
      case UINT8 -> Byte.toUnsignedInt(buffer.get(at));
      case UINT16 -> Short.toUnsignedInt(buffer.getShort(at));
      case UINT32 -> Integer.toUnsignedLong(buffer.getInt(at));
      case UINT64 -> unsigned(buffer.getLong(at));
      case FLOAT16 -> Float.float16ToFloat(buffer.getShort(at));
      case FLOAT32 -> buffer.getFloat(at);
      case FLOAT64 -> buffer.getDouble(at);
    };
  }

  /** Half of it, with the lowest bit kept so that it still rounds to the nearest, times two. */
  private static double unsigned(long value) {
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }
}
