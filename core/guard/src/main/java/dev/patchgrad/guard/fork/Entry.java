package dev.patchgrad.guard.fork;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What a fork tells of one test, in a file that the test JVM reads when the fork has ended. */
sealed interface Entry {
  /** JUnit's id of the test, or of a container that failed. */
  String id();

  /**
   * What was counted.
   *
   * @param id of the test
   * @param perCall bytes or nanoseconds
   * @param calls all that were made
   * @param seconds that they took
   */
  record Reading(String id, double perCall, long calls, double seconds) implements Entry {}

  /**
   * A test that did not get as far as to be counted.
   *
   * @param id of the test, or of a container around it
   * @param aborted by an assumption
   * @param text of what was thrown, with its stack
   */
  record Failure(String id, boolean aborted, String text) implements Entry {}

  /**
   * Where most of a test's objects were made.
   *
   * @param id of the test
   * @param types of the objects, as Java writes them
   * @param share of all objects that were seen, up to 1
   * @param frames from the allocation outwards, none of the guard's own
   */
  record Site(String id, String types, double share, List<Frame> frames) implements Entry {}

  /**
   * A frame of a stack.
   *
   * @param type its class
   * @param method its name
   * @param descriptor of its parameters and result, as byte code has it
   * @param line of the source, 0 if unknown
   * @param at index of the byte code
   */
  record Frame(String type, String method, String descriptor, int line, int at) {
    /** Whether it belongs to the JDK, as the classes that it makes of lambdas do. */
    boolean isOfTheJdk() {
      return type.startsWith("java.")
          || type.startsWith("jdk.")
          || type.startsWith("sun.")
          || type.contains("$$Lambda");
    }

    /** As a stack trace shows it, so that an IDE links it. */
    @Override
    public String toString() {
      String file = type.substring(type.lastIndexOf('.') + 1).replaceFirst("\\$.*", "") + ".java";
      return "%s.%s(%s:%d)".formatted(type, method, file, line);
    }
  }

  /** The longest text that is kept, in characters: a stack trace of some hundred lines. */
  int LONGEST = 20_000;

  /** Adds an entry to a file, in one piece. */
  static void append(Path file, Entry entry) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      entry.write(new DataOutputStream(bytes));
      Files.write(file, bytes.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeUTF(getClass().getSimpleName());
    out.writeUTF(id());
    switch (this) {
      case Reading reading -> {
        out.writeDouble(reading.perCall);
        out.writeLong(reading.calls);
        out.writeDouble(reading.seconds);
      }
      case Failure failure -> {
        out.writeBoolean(failure.aborted);
        out.writeUTF(
            failure.text.length() > LONGEST ? failure.text.substring(0, LONGEST) : failure.text);
      }
      case Site site -> {
        out.writeUTF(site.types);
        out.writeDouble(site.share);
        out.writeInt(site.frames.size());
        for (Frame frame : site.frames) {
          out.writeUTF(frame.type);
          out.writeUTF(frame.method);
          out.writeUTF(frame.descriptor);
          out.writeInt(frame.line);
          out.writeInt(frame.at);
        }
      }
    }
  }

  /** Reads what a fork wrote; a last entry that is not whole is left out. */
  static List<Entry> read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.exists(file)) {
      return entries;
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
    try {
      while (in.available() > 0) {
        entries.add(read(in));
      }
    } catch (EOFException e) {
      return entries;
    }
    return entries;
  }

  private static Entry read(DataInputStream in) throws IOException {
    String name = in.readUTF();
    String id = in.readUTF();
    return switch (name) {
      case "Reading" -> new Reading(id, in.readDouble(), in.readLong(), in.readDouble());
      case "Failure" -> new Failure(id, in.readBoolean(), in.readUTF());
      default -> {
        String types = in.readUTF();
        double share = in.readDouble();
        List<Frame> frames = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
          frames.add(
              new Frame(in.readUTF(), in.readUTF(), in.readUTF(), in.readInt(), in.readInt()));
        }
        yield new Site(id, types, share, frames);
      }
    };
  }
}
