package dev.patchgrad.descent;

import java.util.List;

/** The threads of this JVM that read ahead. */
final class Threads {
  private Threads() {}

  static List<Thread> readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("patchgrad-reader") && thread.isAlive())
        .toList();
  }
}
