package dev.patchgrad.bench.launch;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Where JMH's own words go while it measures, and those of its forks: into the run's log, and to
 * the console where the user asks for them by {@code -v}.
 */
final class JmhLog implements AutoCloseable {
  /** Of what a fork said last, for a person who wants to know why it failed. */
  private static final int LINES = 30;

  private static final String FORK = "# Fork: ";

  private final PrintStream stream;
  private final ByteArrayOutputStream ofThisFork = new ByteArrayOutputStream();
  private final OutputFormat format;
  private Optional<OutputStream> ofUser = Optional.empty();
  private final PrintStream systemOut = System.out;
  private final PrintStream systemErr = System.err;

  /**
   * A log, which takes over this JVM's output and errors: JMH passes those of its forks on to them.
   *
   * @param jmh the user's options
   * @param file of the run's log
   * @param console of the user
   * @throws FileNotFoundException if the file that the user names by {@code -o} cannot be written
   */
  JmhLog(CommandLineOptions jmh, OutputStream file, PrintStream console)
      throws FileNotFoundException {
    List<OutputStream> all = new ArrayList<>(List.of(file));
    if (jmh.getOutput().hasValue()) {
      ofUser = Optional.of(new FileOutputStream(jmh.getOutput().get()));
      all.add(ofUser.get());
    } else if (isOnConsole(jmh)) {
      all.add(console);
    }
    stream = new PrintStream(new Branches(all), true, StandardCharsets.UTF_8);
    boolean everything = jmh.verbosity().orElse(VerboseMode.NORMAL) == VerboseMode.EXTRA;
    format =
        OutputFormatFactory.createFormatInstance(
            stream, everything ? VerboseMode.EXTRA : VerboseMode.NORMAL);
    System.setOut(stream);
    System.setErr(stream);
  }

  /** Whether the user asks for JMH's words on the console. */
  static boolean isOnConsole(CommandLineOptions jmh) {
    return jmh.verbosity().hasValue() && jmh.verbosity().get() != VerboseMode.SILENT;
  }

  /** What JMH writes to. */
  OutputFormat format() {
    return format;
  }

  /** The last lines since a fork began. */
  synchronized List<String> ofTheLastFork() {
    List<String> lines = ofThisFork.toString(StandardCharsets.UTF_8).lines().toList();
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }

  private synchronized void remember(byte[] bytes, int from, int length) {
    if (new String(bytes, from, Math.min(length, FORK.length()), StandardCharsets.UTF_8)
        .equals(FORK)) {
      ofThisFork.reset();
    }
    ofThisFork.write(bytes, from, length);
  }

  @Override
  public void close() throws IOException {
    System.setOut(systemOut);
    System.setErr(systemErr);
    stream.flush();
    if (ofUser.isPresent()) {
      ofUser.get().close();
    }
  }

  /** Writes to several streams. One that fails takes nothing from the others. */
  private final class Branches extends OutputStream {
    private final List<OutputStream> all;

    private Branches(List<OutputStream> all) {
      this.all = List.copyOf(all);
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      remember(bytes, from, length);
      for (OutputStream each : all) {
        try {
          each.write(bytes, from, length);
        } catch (IOException e) {
          // A full disk cuts the log. Whether the numbers are on it is another file's matter.
        }
      }
    }

    @Override
    public void flush() {
      for (OutputStream each : all) {
        try {
          each.flush();
        } catch (IOException e) {
          // As above.
        }
      }
    }

    @Override
    public void close() {
      // The streams belong to the record and to the console, which go on; JMH closes its output.
      flush();
    }
  }
}
