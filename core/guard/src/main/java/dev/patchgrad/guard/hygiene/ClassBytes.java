package dev.patchgrad.guard.hygiene;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Finds class files by package or by class, on the class path and in modules. */
final class ClassBytes {
  private static final String END = ".class";

  private final ClassLoader loader;
  private final String testRoot;

  /** The files by their names, each once: the first that a class loader would find. */
  private final Map<String, byte[]> found = new TreeMap<>();

  /**
   * Finds classes as a test sees them.
   *
   * @param test a class of the tests; what lies where it lies is no class of a package
   */
  ClassBytes(Class<?> test) {
    ClassLoader own = test.getClassLoader();
    loader = own == null ? ClassLoader.getSystemClassLoader() : own;
    String file = test.getName().replace('.', '/') + END;
    URL url = loader.getResource(file);
    String place = url == null ? "" : url.toString();
    testRoot =
        place.isEmpty() ? "none:" : normal(place.substring(0, place.length() - file.length()));
  }

  /** The files. */
  Map<String, byte[]> found() {
    return Collections.unmodifiableMap(found);
  }

  /** Adds a class with those nested in it. */
  void add(Class<?> type) throws IOException {
    for (Class<?> member : type.getNestHost().getNestMembers()) {
      String name = member.getName();
      if (!name.equals(type.getName()) && !name.startsWith(type.getName() + "$")) {
        continue;
      }
      String file = name.replace('.', '/') + END;
      try (InputStream stream = Objects.requireNonNull(loader.getResourceAsStream(file), file)) {
        found.putIfAbsent(file, stream.readAllBytes());
      }
    }
  }

  /** Adds the classes of a package, and of those below it. */
  void add(String packageName) throws IOException, URISyntaxException {
    String folder = packageName.replace('.', '/') + "/";
    for (ResolvedModule module : ModuleLayer.boot().configuration().modules()) {
      if (module.reference().descriptor().packages().stream()
          .anyMatch(name -> (name + ".").startsWith(packageName + "."))) {
        add(module, folder);
      }
    }
    for (URL url : Collections.list(loader.getResources(folder))) {
      if (normal(url.toString()).startsWith(testRoot)) {
        continue;
      }
      if (url.openConnection() instanceof JarURLConnection connection) {
        addJar(connection.getJarFile(), folder);
      } else if (url.getProtocol().equals("file")) {
        addFolder(Path.of(url.toURI()), folder);
      }
    }
  }

  private void add(ResolvedModule module, String folder) throws IOException {
    try (ModuleReader reader = module.reference().open();
        Stream<String> names = reader.list()) {
      for (String name : names.filter(name -> isClass(name, folder)).toList()) {
        URI place = reader.find(name).orElseThrow();
        if (!normal(place.toString()).startsWith(testRoot)) {
          try (InputStream stream = reader.open(name).orElseThrow()) {
            found.putIfAbsent(name, stream.readAllBytes());
          }
        }
      }
    }
  }

  private void addJar(JarFile jar, String folder) throws IOException {
    for (JarEntry entry : Collections.list(jar.entries())) {
      if (isClass(entry.getName(), folder)) {
        try (InputStream stream = jar.getInputStream(entry)) {
          found.putIfAbsent(entry.getName(), stream.readAllBytes());
        }
      }
    }
  }

  private void addFolder(Path root, String folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = folder + root.relativize(file).toString().replace('\\', '/');
      if (isClass(name, folder)) {
        found.putIfAbsent(name, Files.readAllBytes(file));
      }
    }
  }

  private static boolean isClass(String name, String folder) {
    return name.startsWith(folder)
        && name.endsWith(END)
        && !name.endsWith("package-info.class")
        && !name.endsWith("module-info.class");
  }

  /** A folder's address is written with one slash or three. */
  private static String normal(String url) {
    return url.replaceFirst("^(jar:)?file:/+", "$1file:/").toLowerCase(Locale.ROOT);
  }
}
