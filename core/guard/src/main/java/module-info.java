/**
 * Guards for code of the Vector API, as extensions of JUnit 5: calls that allocate nothing, byte
 * code that C2 keeps in registers, forks that agree.
 */
module dev.patchgrad.guard {
  requires java.management;
  requires static jdk.jfr;
  requires jdk.management;
  requires static org.jspecify;
  requires transitive org.junit.jupiter.api;
  requires org.junit.platform.commons;
  requires org.junit.platform.engine;
  requires org.junit.platform.launcher;
  requires org.opentest4j;

  exports dev.patchgrad.guard;

  // JUnit makes the extension and the engine.
  opens dev.patchgrad.guard.fork to
      org.junit.platform.commons;

  provides org.junit.platform.engine.TestEngine with
      dev.patchgrad.guard.hygiene.HygieneEngine;
}
