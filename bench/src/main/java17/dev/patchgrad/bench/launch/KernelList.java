package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The core's kernels, as the forks' JVM tells them to one who asks for {@value #WORD}.
 *
 * @param kernels the simplest first
 */
public record KernelList(List<Kernel> kernels) {
  /** The word on the command line that asks for it. */
  static final String WORD = "kernels";

  static final String MAIN = "dev.patchgrad.bench.fork.KernelsMain";

  /** Copies the list. */
  public KernelList {
    kernels = List.copyOf(kernels);
  }

  /**
   * A kernel.
   *
   * @param name that {@code -Dbench.kernel} takes
   * @param layout the order of the elements that it reads, in words
   * @param shapes what it is for
   */
  public record Kernel(String name, String layout, String shapes) {}

  /** Whether the command line asks for it, and for nothing else. */
  static boolean isAskedFor(LaunchOptions options) {
    return options.jmh().getIncludes().equals(List.of(WORD));
  }

  /**
   * Has the forks' JVM tell the kernels.
   *
   * @param process of that JVM
   * @return the list
   * @throws UsageException if the JVM does not start
   * @throws IOException if it does not answer
   * @throws InterruptedException if this thread is interrupted
   */
  static KernelList ask(PreflightProcess process)
      throws UsageException, IOException, InterruptedException {
    return Json.read(process.ask(MAIN, List.of(), ""), Path.of(MAIN), KernelList.class);
  }

  /** In words, three lines each. */
  String inWords() {
    StringBuilder text = new StringBuilder();
    for (Kernel kernel : kernels) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s%n  reads  %s%n  for    %s%n",
              kernel.name(),
              kernel.layout(),
              kernel.shapes()));
    }
    return text.toString();
  }
}
