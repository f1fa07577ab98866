package dev.patchgrad.reports.duel;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A side of a duel that behaves as JMH's command line does, in one process and in no time. Its
 * benchmarks do what their names say; {@code -p score=N}, or the file that {@code -p file=PATH}
 * names, is the score of {@code toy.run}. So is {@code -Dtoy.score=N} among the flags of the forks;
 * {@code -Dtoy.unknown} there makes it list nothing, as a JVM does that refuses a flag.
 */
final class ToyJmh {
  private static final List<String> BENCHMARKS =
      List.of("toy.run", "toy.fails", "toy.dies", "toy.hangs", "toy.sleeps", "toy.twoModes");

  private ToyJmh() {}

  public static void main(String[] words) throws IOException, InterruptedException {
    Map<String, String> params = new TreeMap<>();
    Map<String, String> options = new TreeMap<>(Map.of("-i", "3"));
    List<String> patterns = new ArrayList<>();
    boolean lists = false;
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals("-p")) {
        String[] param = words[++i].split("=", 2);
        params.put(param[0], param[1]);
      } else if (words[i].equals("-lp")) {
        lists = true;
      } else if (words[i].startsWith("-")) {
        options.put(words[i], words[++i]);
      } else {
        patterns.add(words[i]);
      }
    }
    List<String> found =
        BENCHMARKS.stream()
            .filter(
                name ->
                    patterns.stream()
                        .anyMatch(
                            pattern -> name.matches(".*" + pattern.replaceAll("[$^]", "") + ".*")))
            .toList();
    String flags = options.getOrDefault("-jvmArgsAppend", "");
    if (!lists && flags.startsWith("-Dtoy.score=")) {
      params.put("score", flags.substring("-Dtoy.score=".length()));
    }
    if (lists && flags.equals("-Dtoy.unknown")) {
      System.out.println("toy: unrecognized flag");
      System.exit(1);
    }
    if (lists) {
      System.out.println("Benchmarks: ");
      for (String name : found) {
        System.out.println(name);
        params.forEach(
            (param, value) -> System.out.println("  param \"" + param + "\" = {" + value + "}"));
      }
    } else {
      measure(found.get(0), params, options);
    }
  }

  private static void measure(
      String benchmark, Map<String, String> params, Map<String, String> options)
      throws IOException, InterruptedException {
    int iterations = Integer.parseInt(options.getOrDefault("-i", "3"));
    double score =
        params.containsKey("file")
            ? Double.parseDouble(Files.readString(Path.of(params.get("file"))).strip())
            : Double.parseDouble(params.getOrDefault("score", "100"));
    List<String> entries = new ArrayList<>();
    entries.add(entry(benchmark, "thrpt", "ops/s", fork(benchmark, score, iterations)));
    if (benchmark.equals("toy.twoModes")) {
      // As JMH does: another fork for another mode.
      entries.add(entry(benchmark, "avgt", "s/op", fork(benchmark, score, iterations)));
    }
    Files.writeString(
        Path.of(options.getOrDefault("-rff", "results.json")),
        "[" + String.join(",\n", entries) + "]");
  }

  private static String fork(String benchmark, double score, int iterations)
      throws IOException, InterruptedException {
    Random random = new Random();
    List<String> values = new ArrayList<>();
    int port = Integer.parseInt(System.getenv("PATCHGRAD_TURNS_PORT"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      say(socket, System.getenv("PATCHGRAD_TURNS_SIDE") + "\n");
      for (int i = 0; i < iterations; i++) {
        ask(socket, "b");
        switch (benchmark) {
          case "toy.fails" -> {
            System.out.println("toy: the benchmark has thrown");
            System.exit(1);
          }
          case "toy.dies" -> Runtime.getRuntime().halt(137);
          case "toy.hangs" -> Thread.sleep(600_000);
          case "toy.sleeps" -> Thread.sleep(100);
          default -> {}
        }
        values.add(Double.toString(score * (1 + .001 * random.nextGaussian())));
        ask(socket, "a");
      }
    }
    return String.join(", ", values);
  }

  private static String entry(String benchmark, String mode, String unit, String values) {
    return """
        {"jmhVersion": "toy", "benchmark": "%s", "mode": "%s", "threads": 1, "forks": 1,
         "primaryMetric": {"score": 1, "scoreUnit": "%s", "rawData": [[%s]]},
         "secondaryMetrics": {"toy.allocated": {"score": 7, "scoreUnit": "B/op"}}}"""
        .formatted(benchmark, mode, unit, values);
  }

  private static void ask(Socket socket, String what) throws IOException {
    say(socket, what);
    InputStream in = socket.getInputStream();
    if (in.read() < 0) {
      throw new IOException("the duel has ended");
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }
}
