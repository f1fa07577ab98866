package dev.patchgrad.bench.fork;

import dev.patchgrad.bench.launch.KernelList;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.reports.json.Json;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Tells the launcher, which cannot load the core, which kernels there are. */
public final class KernelsMain {
  private KernelsMain() {}

  /**
   * Writes a {@link KernelList} as JSON on one line.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println(Json.writeCompact(kernels()));
  }

  /** The core's list. */
  static KernelList kernels() {
    return new KernelList(
        Kernels.descriptions().stream()
            .map(kernel -> new KernelList.Kernel(kernel.name(), kernel.layout(), kernel.shapes()))
            .toList());
  }
}
