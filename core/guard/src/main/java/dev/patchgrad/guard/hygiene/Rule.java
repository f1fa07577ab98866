package dev.patchgrad.guard.hygiene;

/** What is held of byte code with vectors, and why. */
enum Rule {
  CROSSES(
      "no vector crosses a method",
      "where C2 does not inline the call, each vector is an object: 100 times slower"),
  CONSTANT(
      "species, masks and shuffles are static final",
      "C2 compiles vector operations to instructions only where it is a constant"),
  STORED(
      "no vector lies in a field, an array or a collection",
      "a vector that is stored is an object"),
  CAPTURED(
      "no lambda captures a vector",
      "what is captured lies in a field of the lambda, and is an object or no constant"),
  SIZE(
      "methods of vector code are small enough for C2",
      "C2 compiles a huge method late or never, and inlines no large one");

  private final String title;
  private final String reason;

  Rule(String title, String reason) {
    this.title = title;
    this.reason = reason;
  }

  /** The name of its test. */
  String title() {
    return title;
  }

  /** Why it matters. */
  String reason() {
    return reason;
  }
}
