import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.ParseException;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes Java sources from FreeMarker templates: those of both precisions from one, and those whose
 * lines differ by a number alone. The build runs it, as {@code java GenerateSources.java MODULE
 * MACROS}.
 *
 * <p>A template's name lists the classes that it makes: {@code DoubleBatch-FloatBatch.java.ftl}
 * makes {@code DoubleBatch.java} and {@code FloatBatch.java}. One that begins with {@code Double}
 * or {@code Float} is made in that precision. What a template can use is in {@link #words}; {@code
 * macros.ftl} holds what several templates share.
 */
final class GenerateSources {
  private static final String ENDING = ".java.ftl";

  private GenerateSources() {}

  /**
   * Makes the sources of a module.
   *
   * @param arguments the module's folder, and the folder of {@code macros.ftl}
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    Path module = Path.of(arguments[0]);
    Path templates = module.resolve("src/main/templates");
    Path sources = module.resolve("target/generated-sources/templates");
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setTemplateLoader(
        new MultiTemplateLoader(
            new TemplateLoader[] {
              new FileTemplateLoader(templates.toFile()),
              new FileTemplateLoader(Path.of(arguments[1]).toFile())
            }));
    configuration.setDefaultEncoding("UTF-8");
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setTagSyntax(Configuration.ANGLE_BRACKET_TAG_SYNTAX);
    // Numbers as Java writes them, whatever the language of the machine.
    configuration.setNumberFormat("c");
    Set<Path> made = new HashSet<>();
    for (Path file : files(templates, ENDING)) {
      Path name = templates.relativize(file);
      String classes = file.getFileName().toString().replace(ENDING, "");
      for (String type : classes.split("-", -1)) {
        Path target = sources.resolve(name).resolveSibling(type + ".java");
        String origin = module.getFileName() + "/src/main/templates/" + slashes(name);
        if (!made.add(target)) {
          fail(type, origin, "another template makes it too");
        }
        write(target, text(configuration, slashes(name), type, origin));
      }
    }
    for (Path old : files(sources, ".java")) {
      if (!made.contains(old)) {
        Files.delete(old);
      }
    }
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String text(Configuration configuration, String name, String type, String origin)
      throws IOException {
    StringWriter text = new StringWriter();
    text.write("// Made from the template that follows: change that file, not this one.\n");
    text.write("// " + origin + "\n");
    try {
      configuration.getTemplate(name).process(words(type), text);
    } catch (ParseException | TemplateException e) {
      fail(type, origin, e.getMessage());
    }
    return text.toString();
  }

  private static void fail(String type, String origin, String why) {
    System.err.println("templates: " + type + " cannot be made from " + origin + ":");
    System.err.println(why);
    System.exit(1);
  }

  /** What a template can name: of both precisions, what Java and the libraries call them. */
  private static Map<String, Object> words(String type) {
    Map<String, Object> words = new HashMap<>();
    words.put("class", type);
    if (type.startsWith("Double")) {
      words.putAll(Map.of("type", "double", "Type", "Double", "TYPE", "DOUBLE"));
      words.putAll(Map.of("ejml", "D", "blas", "d", "ojalgo", "R064Store"));
    } else if (type.startsWith("Float")) {
      words.putAll(Map.of("type", "float", "Type", "Float", "TYPE", "FLOAT"));
      words.putAll(Map.of("ejml", "F", "blas", "s", "ojalgo", "R032Store"));
    }
    return words;
  }

  /** Writes a file only where it changes, so that the compiler has nothing to do where none did. */
  private static void write(Path file, String text) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
