import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes a jar of the licences of all libraries on a class path, for the jar that holds those
 * libraries. The build runs it, as {@code java CollectLicences.java PROJECT CLASSPATH OUTPUT}.
 *
 * <p>Each library has a folder in {@code META-INF/licenses}, and the project's own licence and
 * notice stand above them. A library that states no text is refused, until {@code
 * licences/texts.properties} names one.
 */
final class CollectLicences {
  private static final String OWN = "patchgrad-";
  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.+-]*)\\.jar");
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:META-INF/(?:resources/webjars/[^/]+/[^/]+/(?:licenses/)?)?)?"
              + "([\\w.-]*(?:LICEN[CS]E|NOTICE|COPYING|AL2\\.0)[\\w.-]*)",
          Pattern.CASE_INSENSITIVE);

  /** The same in every build: as long ago as a zip file can tell. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private CollectLicences() {}

  /**
   * Makes the jar.
   *
   * @param arguments the project's folder, a class path, the jar to write
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    Path project = Path.of(arguments[0]);
    Path folder = project.resolve("core/src/build/licences");
    Properties kept = new Properties();
    try (InputStream stream = Files.newInputStream(folder.resolve("texts.properties"))) {
      kept.load(stream);
    }
    Map<String, byte[]> entries = new TreeMap<>();
    StringBuilder list = new StringBuilder();
    for (String name : arguments[1].split(Pattern.quote(System.getProperty("path.separator")))) {
      Path jar = Path.of(name);
      Matcher parts = JAR.matcher(String.valueOf(jar.getFileName()));
      if (!parts.matches() || parts.group(1).startsWith(OWN)) {
        continue;
      }
      String library = parts.group(1);
      Map<String, byte[]> texts = textsOf(jar);
      String text = kept.getProperty(library, "");
      if (!text.isEmpty()) {
        Path source = text.equals("LICENSE") ? project.resolve(text) : folder.resolve(text);
        texts.put("LICENSE", Files.readAllBytes(source));
      }
      if (texts.keySet().stream().allMatch(each -> each.toUpperCase().contains("NOTICE"))) {
        System.err.printf(
            "licences: %s holds no text of its licence; expected one in texts.properties of %s%n",
            jar, folder);
        System.exit(1);
      }
      String place = "META-INF/licenses/" + library + "/";
      texts.forEach((file, bytes) -> entries.put(place + file, bytes));
      list.append("  ").append(library).append(' ').append(parts.group(2)).append('\n');
    }
    entries.put("META-INF/LICENSE", Files.readAllBytes(project.resolve("LICENSE")));
    String notice =
        Files.readString(project.resolve("NOTICE"))
            + "\nThis jar holds the libraries below. The licence and the notices of each are in"
            + " META-INF/licenses.\n\n"
            + list;
    entries.put("META-INF/NOTICE", notice.getBytes(StandardCharsets.UTF_8));
    write(Path.of(arguments[2]), entries);
  }

  /** Licences and notices that a jar brings along, by the last part of their names. */
  private static Map<String, byte[]> textsOf(Path jar) throws IOException {
    Map<String, byte[]> texts = new TreeMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      List<JarEntry> entries = Collections.list(file.entries());
      for (JarEntry entry : entries) {
        Matcher name = TEXT.matcher(entry.getName());
        if (!entry.isDirectory() && name.matches()) {
          try (InputStream stream = file.getInputStream(entry)) {
            texts.put(name.group(1), stream.readAllBytes());
          }
        }
      }
    }
    return texts;
  }

  private static void write(Path jar, Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry head = new ZipEntry(entry.getKey());
        head.setTimeLocal(TIME);
        zip.putNextEntry(head);
        new ByteArrayInputStream(entry.getValue()).transferTo(zip);
        zip.closeEntry();
      }
    }
    Files.createDirectories(jar.toAbsolutePath().getParent());
    try (OutputStream stream = Files.newOutputStream(jar)) {
      bytes.writeTo(stream);
    }
  }
}
