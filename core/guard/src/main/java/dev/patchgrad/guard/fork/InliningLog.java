package dev.patchgrad.guard.fork;

import dev.patchgrad.guard.fork.Entry.Frame;
import dev.patchgrad.guard.fork.Entry.Site;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What C2 decided, as a JVM printed it by PrintCompilation, PrintInlining and PrintIntrinsics.
 *
 * <p>A decision is a line such as {@code @ 34 Dots::helper (412 bytes) failed to inline: hot method
 * too big}, indented by depth, below a line for the method that C2 compiled, though lines of C1 may
 * lie between. C1's own decisions are told by their words.
 */
final class InliningLog {
  private static final Pattern DECISION =
      Pattern.compile("(\\s+)@ (\\d+)\\s+(\\S+)::(\\S+) \\((\\d+) bytes\\)\\s+(.*)");

  private static final Pattern COMPILED =
      Pattern.compile("\\s*\\d+\\s+\\d+\\s+[%sb!n ]*\\s*4\\s+(\\S+::\\S+) .*");

  /** In C1's words only, of JDK 25. */
  private static final List<String> BY_C1 =
      List.of(
          "no static binding",
          "callee is too large",
          "callee uses too much stack",
          "inlining prohibited by policy",
          "recursive inlining too deep");

  /** A class that a call site had met, where it decided what was inlined. */
  private static final Pattern MET = Pattern.compile("TypeProfile \\S+ counts\\) = (\\S+)");

  private static final String VECTORS = "jdk.incubator.vector.";
  private static final String INTRINSICS = "jdk.internal.vm.vector.VectorSupport";
  private static final int MOST = 3;

  /** A method that was called, or that was compiled, and how far its line is indented. */
  private record Level(int indent, String method) {}

  /** A vector operation that C2 made no instructions of, in a method that it compiled. */
  private record Operation(String in, String text) {}

  /**
   * A call on a vector of a class that C2 did not know: it compiled one way for each class that the
   * call site had met, and what they give is joined afterwards.
   *
   * @param within the methods that the call lies in, the innermost first
   * @param text that tells of it
   */
  private record Guess(List<String> within, String text) {}

  /**
   * A call that C2 refused to inline.
   *
   * @param at index of the byte code
   * @param type that is called
   * @param method its name
   * @param isAbstract whether it has no code: which method it is, is known as it is called
   * @param within the methods that it lies in, the innermost first
   * @param text of the line
   */
  private record Refusal(
      int at, String type, String method, boolean isAbstract, List<String> within, String text) {
    boolean isIn(Frame frame) {
      return !within.isEmpty() && within.getFirst().equals(name(frame));
    }

    /** An operation of the Vector API, which is not inlined where its species is not known. */
    boolean isOperationIn(Frame frame) {
      return (type.equals(INTRINSICS) || (type.startsWith(VECTORS) && isAbstract))
          && within.contains(name(frame));
    }

    boolean isOfTheJdk() {
      return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
    }
  }

  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<String> seen = new LinkedHashSet<>();

  private final List<Operation> operations = new ArrayList<>();
  private final List<Guess> guesses = new ArrayList<>();

  /** Reads what a JVM printed. */
  InliningLog(List<String> lines) {
    String compiled = "";
    Deque<Level> levels = new ArrayDeque<>();
    for (String line : lines) {
      Matcher header = COMPILED.matcher(line);
      Matcher decision = DECISION.matcher(line);
      if (header.matches()) {
        compiled = header.group(1);
        seen.add(compiled);
        levels.clear();
      } else if (line.trim().startsWith("** ")) {
        operations.add(new Operation(compiled, line.trim()));
      } else if (decision.matches()) {
        int indent = decision.group(1).length();
        while (!levels.isEmpty() && levels.getFirst().indent >= indent) {
          levels.removeFirst();
        }
        add(decision, levels, compiled);
        levels.addFirst(new Level(indent, decision.group(3) + "::" + decision.group(4)));
      } else {
        levels.clear();
      }
    }
  }

  private void add(Matcher decision, Deque<Level> levels, String compiled) {
    String text = decision.group(6).trim();
    String type = decision.group(3);
    String method = decision.group(4);
    seen.add(type + "::" + method);
    List<String> within = new ArrayList<>(levels.stream().map(Level::method).toList());
    within.add(compiled);
    String place = "@ %s %s::%s".formatted(decision.group(2), type, method);
    List<String> met = vectorsMet(text);
    if (met.size() > 1) {
      guesses.add(
          new Guess(
              within,
              "%s in %s was compiled for each class that it had met: %s"
                  .formatted(place, within.getFirst(), String.join(", ", met))));
    }
    if (text.contains("failed to inline")
        && !text.contains("succeeded")
        && BY_C1.stream().noneMatch(text::contains)) {
      String bytes = decision.group(5);
      refusals.add(
          new Refusal(
              Integer.parseInt(decision.group(2)),
              type,
              method,
              bytes.equals("0"),
              within,
              "%s (%s bytes) %s".formatted(place, bytes, text)));
    }
  }

  /** The classes of vectors that a call site had met. */
  private static List<String> vectorsMet(String text) {
    return MET.matcher(text)
        .results()
        .map(result -> result.group(1).replace('/', '.'))
        .filter(name -> name.startsWith(VECTORS))
        .map(name -> name.substring(VECTORS.length()))
        .distinct()
        .toList();
  }

  /** Where a test allocates, what, and what C2 decided there. */
  String explain(Site site) {
    List<Frame> own = site.frames().stream().filter(frame -> !frame.isOfTheJdk()).toList();
    StringBuilder text = new StringBuilder();
    text.append("  objects: %s: %.0f %% of all\n".formatted(site.types(), site.share() * 100));
    text.append("  made in: %s\n".formatted(own.getFirst()));
    own.stream()
        .skip(1)
        .limit(3)
        .forEach(frame -> text.append("  called by %s\n".formatted(frame)));
    Set<String> found = decisions(own);
    if (found.isEmpty()) {
      found = Set.of(silence(own.getFirst()));
    }
    found.stream().limit(MOST).forEach(line -> text.append("  C2 says: %s\n".formatted(line)));
    return text.toString();
  }

  /** The nearest decisions: of a call on the stack, of one in the method, of its operations. */
  private Set<String> decisions(List<Frame> own) {
    Set<String> found = new LinkedHashSet<>();
    for (int i = 1; i < own.size(); i++) {
      Frame caller = own.get(i);
      Frame callee = own.get(i - 1);
      add(found, refusal -> refusesCall(refusal, caller, callee));
    }
    Frame maker = own.getFirst();
    if (found.isEmpty()) {
      add(found, refusal -> refusal.isIn(maker) && !refusal.isOfTheJdk());
    }
    if (found.isEmpty()) {
      guesses.stream()
          .filter(guess -> guess.within.contains(name(maker)))
          .forEach(guess -> found.add(guess.text));
    }
    if (found.isEmpty()) {
      operations.stream()
          .filter(
              operation ->
                  own.stream().limit(2).map(InliningLog::name).anyMatch(operation.in::equals))
          .forEach(operation -> found.add(operation.text));
      add(found, refusal -> refusal.isOperationIn(maker));
    }
    return found;
  }

  /** Whether it is of the call of one method by another, and an object crosses that. */
  private static boolean refusesCall(Refusal refusal, Frame caller, Frame callee) {
    boolean same = refusal.type.equals(callee.type()) || refusal.isAbstract;
    boolean crossed =
        callee.descriptor().contains("Ljdk/incubator/vector/")
            || callee.descriptor().contains("Ljava/lang/Object;");
    return same && crossed && refusal.at == caller.at() && refusal.isIn(caller);
  }

  private void add(Set<String> found, Predicate<Refusal> fits) {
    refusals.stream().filter(fits).map(Refusal::text).forEach(found::add);
  }

  private String silence(Frame frame) {
    return seen.contains(name(frame))
        ? "it refused no call there: the object leaves the method, or is stored"
        : "nothing: it did not compile %s, as it compiles no method above 8000 bytes"
            .formatted(name(frame));
  }

  private static String name(Frame frame) {
    return frame.type() + "::" + frame.method();
  }
}
