package dev.patchgrad.reports.duel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * A command line that starts JMH, taken apart so that a profiler can join its class path.
 *
 * @param java that runs it
 * @param jvmOptions of JMH's own process
 * @param classPath jars and folders, as the platform separates them
 * @param mainClass JMH's, or a program that calls it with the same options
 * @param benchmarks patterns of names
 * @param options the rest, as they were given, without what the duel decides itself
 * @param params given by {@code -p}, each as NAME=VALUES
 * @param directory that it is started in
 */
record JmhCommand(
    String java,
    List<String> jvmOptions,
    String classPath,
    String mainClass,
    List<String> benchmarks,
    List<String> options,
    List<String> params,
    Path directory) {

  /** Said of a side without a word. */
  static final String EMPTY = "side: empty; expected a command such as java -jar benchmarks.jar";

  /** Options of the java command that take the next word. */
  private static final Set<String> JAVA_TAKES_A_WORD =
      Set.of("--add-modules", "--add-opens", "--add-exports", "--add-reads", "-p", "--module-path");

  /** Options of JMH that take the next word. */
  private static final Set<String> JMH_TAKES_A_WORD =
      Set.of(
          "-bm",
          "-bs",
          "-e",
          "-f",
          "-foe",
          "-gc",
          "-i",
          "-jvm",
          "-jvmArgs",
          "-jvmArgsAppend",
          "-jvmArgsPrepend",
          "-o",
          "-opi",
          "-p",
          "-prof",
          "-r",
          "-rf",
          "-rff",
          "-si",
          "-t",
          "-tg",
          "-to",
          "-tu",
          "-v",
          "-w",
          "-wbs",
          "-wf",
          "-wi",
          "-wm",
          "-wmb");

  /** Options of JMH by which it tells something instead of measuring. */
  private static final Set<String> JMH_TELLS = Set.of("-h", "-l", "-lp", "-lprof", "-lrf");

  /** What the duel decides itself: forks, and where results and output go. */
  private static final Set<String> DECIDED_BY_THE_DUEL =
      Set.of("-f", "-wf", "-o", "-rf", "-rff", "-v", "-foe");

  /** The same with their values in one word, such as {@code -f3}. */
  private static final Pattern DECIDED_IN_ONE_WORD =
      Pattern.compile("--?(f|wf)\\d+|--?(f|wf|o|rf|rff|v|foe)=.*");

  /** Copies the lists. */
  JmhCommand {
    jvmOptions = List.copyOf(jvmOptions);
    benchmarks = List.copyOf(benchmarks);
    options = List.copyOf(options);
    params = List.copyOf(params);
  }

  /**
   * Takes a command line apart.
   *
   * @param side such as {@code java -jar benchmarks.jar Sort -p n=1000}; a line that begins with a
   *     jar stands for {@code java -jar}
   * @return the parts
   * @throws DuelException if the line does not start JMH in a way that is understood
   */
  static JmhCommand parse(Side side) throws DuelException {
    List<String> words = side.words();
    if (words.isEmpty()) {
      throw new DuelException(EMPTY);
    }
    List<String> line = withJava(words);
    String java = line.get(0);
    List<String> jvmOptions = new ArrayList<>();
    Optional<String> classPath = Optional.empty();
    int next = 1;
    while (next < line.size() && line.get(next).startsWith("-")) {
      String option = line.get(next++);
      if (option.equals("-jar")) {
        String jar = word(line, next++, option);
        return ofJmh(
            new JmhCommand(
                java,
                jvmOptions,
                jar,
                mainClass(jar, side.directory()),
                List.of(),
                List.of(),
                List.of(),
                side.directory()),
            line.subList(next, line.size()));
      }
      if (option.equals("-cp") || option.equals("-classpath") || option.equals("--class-path")) {
        classPath = Optional.of(word(line, next++, option));
      } else if (option.equals("-m") || option.equals("--module")) {
        throw new DuelException(
            option
                + ": a module given; expected a jar (-jar) or a class path (-cp) and a main class");
      } else {
        jvmOptions.add(option);
        if (JAVA_TAKES_A_WORD.contains(option)) {
          jvmOptions.add(word(line, next++, option));
        }
      }
    }
    if (next >= line.size() || classPath.isEmpty()) {
      throw new DuelException(
          "'"
              + String.join(" ", words)
              + "': does not start JMH; expected java -jar JAR, or java -cp PATH MAIN-CLASS");
    }
    return ofJmh(
        new JmhCommand(
            java,
            jvmOptions,
            classPath.get(),
            line.get(next),
            List.of(),
            List.of(),
            List.of(),
            side.directory()),
        line.subList(next + 1, line.size()));
  }

  /** The words of a side that is not empty, with the java that a jar alone stands for. */
  static List<String> withJava(List<String> words) {
    List<String> line = new ArrayList<>(words);
    if (line.get(0).endsWith(".jar")) {
      line.addAll(0, List.of("java", "-jar"));
    }
    return line;
  }

  /** The command with JMH's own words. */
  private static JmhCommand ofJmh(JmhCommand start, List<String> words) throws DuelException {
    List<String> benchmarks = new ArrayList<>();
    List<String> options = new ArrayList<>();
    List<String> params = new ArrayList<>();
    for (int next = 0; next < words.size(); next++) {
      String option = words.get(next);
      if (JMH_TELLS.contains(option)) {
        throw new DuelException(option + ": only tells something; expected benchmarks to measure");
      }
      if (!option.startsWith("-")) {
        benchmarks.add(option);
      } else if (!JMH_TAKES_A_WORD.contains(option)) {
        if (!DECIDED_IN_ONE_WORD.matcher(option).matches()) {
          options.add(option);
        }
      } else {
        String value = word(words, ++next, option);
        if (option.equals("-p")) {
          params.add(value);
        } else if (!DECIDED_BY_THE_DUEL.contains(option)) {
          options.add(option);
          options.add(value);
        }
      }
    }
    return start.with(benchmarks, options, params);
  }

  private JmhCommand with(
      List<String> otherBenchmarks, List<String> otherOptions, List<String> otherParams) {
    return new JmhCommand(
        java,
        jvmOptions,
        classPath,
        mainClass,
        otherBenchmarks,
        otherOptions,
        otherParams,
        directory);
  }

  private static String word(List<String> line, int index, String option) throws DuelException {
    if (index >= line.size()) {
      throw new DuelException(option + ": nothing follows; expected a value");
    }
    return line.get(index);
  }

  private static String mainClass(String jar, Path directory) throws DuelException {
    Path path = directory.resolve(jar);
    if (!Files.isRegularFile(path)) {
      boolean here = directory.equals(Path.of("").toAbsolutePath());
      throw new DuelException(
          jar
              + ": no such file"
              + (here ? "" : " in " + directory)
              + "; expected a jar of benchmarks");
    }
    try (JarFile file = new JarFile(path.toFile())) {
      Manifest manifest = file.getManifest();
      String main =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
      if (main == null) {
        throw new DuelException(
            jar + ": names no main class; expected a jar that java -jar can run");
      }
      return main;
    } catch (IOException e) {
      throw new DuelException(jar + ": cannot be read as a jar: " + e.getMessage());
    }
  }

  /**
   * Whether the user set an option of JMH.
   *
   * @param option such as {@code -i}
   * @return true if it is given
   */
  boolean sets(String option) {
    return options.contains(option);
  }

  /**
   * The same command with more options of JMH.
   *
   * @param more options and their values
   * @return the command
   */
  JmhCommand with(List<String> more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(more);
    return with(benchmarks, all, params);
  }

  /**
   * The words that list the benchmarks and their parameters. All options are given: JMH needs only
   * those that leave out benchmarks, but a launcher may look at what the others allow.
   *
   * @return a command line
   */
  List<String> listing() {
    List<String> words = start();
    words.addAll(benchmarks);
    words.addAll(options);
    params.forEach(param -> words.addAll(List.of("-p", param)));
    words.add("-lp");
    return words;
  }

  /**
   * The words that measure one fork of one benchmark.
   *
   * @param profiler a jar that joins the class path
   * @param cell what is measured
   * @param results where JMH writes its results
   * @return a command line
   */
  List<String> fork(Path profiler, BenchmarkCell cell, Path results) {
    List<String> words = start(classPath + File.pathSeparator + profiler);
    // Two of JMH's processes run side by side, which its lock would not allow.
    words.add(1, "-Djmh.ignoreLock=true");
    words.add("^" + cell.benchmark().replace(".", "\\.").replace("$", "\\$") + "$");
    words.addAll(options);
    cell.params().forEach((name, value) -> words.addAll(List.of("-p", name + "=" + value)));
    words.addAll(List.of("-f", "1", "-wf", "0", "-foe", "true", "-prof", Profiler.CLASS));
    words.addAll(List.of("-rf", "json", "-rff", results.toString()));
    return words;
  }

  /**
   * A process of this command.
   *
   * @param words of it
   * @return not started yet; a launcher can tell by its environment that a duel starts it
   */
  ProcessBuilder process(List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.redirectErrorStream(true).environment().put(Bout.VARIABLE, "true");
    return builder;
  }

  /** The words before those of JMH. */
  List<String> start() {
    return start(classPath);
  }

  private List<String> start(String path) {
    List<String> words = new ArrayList<>();
    words.add(java);
    words.addAll(jvmOptions);
    words.addAll(List.of("-cp", path, mainClass));
    return words;
  }
}
