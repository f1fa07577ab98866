package dev.patchgrad.guard.fork;

import dev.patchgrad.guard.fork.Entry.Frame;
import dev.patchgrad.guard.fork.Entry.Site;
import java.io.IOException;
import java.lang.constant.ClassDesc;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.function.Executable;

/** Finds where a call allocates, in a recording of this JVM: one event for each new buffer. */
final class AllocationSites {
  /** On a processor. With buffers of some kilobytes, this gives hundreds of events. */
  private static final long RECORDED_NANOS = 150_000_000;

  private static final List<String> EVENTS =
      List.of("jdk.ObjectAllocationInNewTLAB", "jdk.ObjectAllocationOutsideTLAB");

  private static final int DEEPEST = 24;

  /** Of one place in code that is not the JDK's: its events, by the type of what was made. */
  private record Place(List<Frame> frames, Map<String, Integer> types) {
    int events() {
      return types.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The types, the most frequent first. */
    String typesByNumber() {
      return types.entrySet().stream()
          .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
          .limit(3)
          .map(Map.Entry::getKey)
          .collect(Collectors.joining(", "));
    }
  }

  private AllocationSites() {}

  /**
   * Where most objects are made while a call runs over and over.
   *
   * @param allThreads whether objects of all threads count, or those of this one
   * @return empty if none was seen, or this Java runtime makes no recordings
   */
  static Optional<Site> of(String id, Executable call, boolean allThreads, Path file)
      throws Throwable {
    if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
      return Optional.empty();
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Recording recording = new Recording()) {
      EVENTS.forEach(event -> recording.enable(event).withStackTrace());
      recording.start();
      long end = Meter.processorTime(threads) + RECORDED_NANOS;
      while (Meter.processorTime(threads) < end) {
        call.execute();
      }
      recording.stop();
      recording.dump(file);
    }
    return most(id, allThreads, file);
  }

  private static Optional<Site> most(String id, boolean allThreads, Path file) throws IOException {
    Map<List<Frame>, Place> places = new HashMap<>();
    long self = Thread.currentThread().threadId();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (!EVENTS.contains(event.getEventType().getName())
          || event.getStackTrace() == null
          || event.getThread() == null
          || !(allThreads || event.getThread().getJavaThreadId() == self)) {
        continue;
      }
      List<Frame> frames = frames(event.getStackTrace().getFrames());
      List<Frame> own = frames.stream().filter(frame -> !frame.isOfTheJdk()).toList();
      if (!own.isEmpty()) {
        places
            .computeIfAbsent(own, key -> new Place(frames, new TreeMap<>()))
            .types()
            .merge(name(event.getClass("objectClass").getName()), 1, Integer::sum);
      }
    }
    int all = places.values().stream().mapToInt(Place::events).sum();
    return places.values().stream()
        .max(Comparator.comparingInt(Place::events))
        .map(
            most ->
                new Site(id, most.typesByNumber(), (double) most.events() / all, most.frames()));
  }

  /** As Java writes it: {@code float[]} for {@code [F}. */
  private static String name(String type) {
    return type.startsWith("[")
        ? ClassDesc.ofDescriptor(type.replace('.', '/')).displayName()
        : type;
  }

  /** From the allocation up to what called the test. */
  private static List<Frame> frames(List<RecordedFrame> frames) {
    return frames.stream()
        .map(
            frame ->
                new Frame(
                    frame.getMethod().getType().getName(),
                    frame.getMethod().getName(),
                    frame.getMethod().getDescriptor(),
                    frame.getLineNumber(),
                    frame.getBytecodeIndex()))
        .takeWhile(frame -> !frame.type().startsWith(AllocationSites.class.getName()))
        .takeWhile(frame -> !frame.type().startsWith(GuardExtension.class.getName()))
        .limit(DEEPEST)
        .toList();
  }
}
