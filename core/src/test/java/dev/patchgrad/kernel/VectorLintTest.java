package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.guard.VectorHygiene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Lint for what makes vector code slow without making it wrong: the guard's rules over all of the
 * library, and that nothing allocates on the way of an evaluation.
 *
 * <p>A finding gives file, line, rule and reason. Of an allocation, a comment {@code // lint: the
 * reason} on the line or the one above excuses it.
 *
 * <p>The longest method here is the interleaved kernel's tile8, with 1201 bytes (javap -c,
 * 2026-11-27): far below what the guard allows, 2000.
 */
@VectorHygiene(packages = "dev.patchgrad", leastMethods = 51)
class VectorLintTest {
  /** Where the rules hold: every class of the library. */
  private static final Path CLASSES = Path.of("target", "classes", "dev", "patchgrad");

  private static final Path TEMPLATES = Path.of("src", "main", "templates");

  /** Those that people write, and those that the build makes from templates. */
  private static final List<Path> SOURCES =
      List.of(Path.of("src", "main", "java"), Path.of("target", "generated-sources", "templates"));

  @Test
  void nothingOnTheWayOfAnEvaluationAllocates() {
    List<String> findings = new ArrayList<>();
    Set<Place> reached =
        reachable(classes(CLASSES.resolve("kernel")), Set.of("accumulate", "evaluateChecked"));
    for (Place place : reached) {
      int line = 0;
      for (var element : place.method().code().orElseThrow()) {
        if (element instanceof LineNumber number) {
          line = number.line();
        }
        boolean capturing =
            element instanceof InvokeDynamicInstruction dynamic
                && dynamic.typeSymbol().parameterCount() > 0;
        if (capturing
            || element instanceof NewObjectInstruction
            || element instanceof NewPrimitiveArrayInstruction
            || element instanceof NewReferenceArrayInstruction
            || element instanceof NewMultiArrayInstruction) {
          report(
              findings,
              place.owner(),
              line,
              place.method().methodName() + " allocates",
              "scratch space is reserved once for a shape, in a method named reserve");
        }
      }
    }
    assertThat(findings).isEmpty();
    assertThat(reached).as("methods on the way of an evaluation").hasSizeGreaterThan(10);
  }

  /**
   * {@code intoArray} is compiled by the classes of vectors that it has met in this JVM, unless C2
   * knows the class of the one at hand: the last call on a vector before it is {@code Class.cast}.
   */
  @Test
  void aVectorIsCastToItsClassBeforeItIsStored() {
    List<String> findings = new ArrayList<>();
    int stores = 0;
    for (ClassModel model : classes(CLASSES)) {
      for (MethodModel method : model.methods()) {
        for (Store store : stores(method)) {
          stores++;
          if (!store.cast()) {
            report(
                findings,
                model,
                store.line(),
                method.methodName() + " stores a vector of a class that C2 may not know",
                "write VECTOR.cast(it).intoArray, or it becomes an object where two widths are in"
                    + " use");
          }
        }
      }
    }
    assertThat(findings).isEmpty();
    assertThat(stores).as("vectors stored").isGreaterThan(100);
  }

  /** A call of {@code intoArray}, and whether its vector was cast right before. */
  private record Store(int line, boolean cast) {}

  private static List<Store> stores(MethodModel method) {
    List<Store> stores = new ArrayList<>();
    boolean cast = false;
    int line = 0;
    for (var element : method.code().stream().flatMap(CodeModel::elementStream).toList()) {
      if (element instanceof LineNumber number) {
        line = number.line();
      } else if (element instanceof InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        boolean onVector = owner.startsWith("jdk/incubator/vector/");
        if (onVector && call.name().equalsString("intoArray")) {
          stores.add(new Store(line, cast));
        }
        boolean casts = owner.equals("java/lang/Class") && call.name().equalsString("cast");
        cast = casts || (cast && !onVector);
      }
    }
    return stores;
  }

  /** What the rules are held over is all that templates make: none of it is passed over. */
  @Test
  void everyClassOfATemplateIsAmongTheClasses() throws IOException {
    List<String> made = new ArrayList<>();
    try (Stream<Path> templates = Files.walk(TEMPLATES)) {
      templates
          .filter(file -> file.toString().endsWith(".java.ftl"))
          .map(file -> TEMPLATES.relativize(file).toString().replace(".java.ftl", ""))
          .map(name -> name.replace(java.io.File.separatorChar, '/'))
          .forEach(
              name -> {
                String room = name.substring(0, name.lastIndexOf('/') + 1);
                for (String type : name.substring(room.length()).split("-", -1)) {
                  made.add(room + type);
                }
              });
    }
    assertThat(made).as("classes of templates").hasSizeGreaterThan(20);
    assertThat(classes(CLASSES).stream().map(model -> model.thisClass().asInternalName()))
        .containsAll(made);
  }

  /** A method and the class that holds it. */
  private record Place(ClassModel owner, MethodModel method) {}

  /**
   * What methods of some names lead to, across classes of one package; methods named reserve are
   * where scratch space may grow, and end the search.
   */
  private static Set<Place> reachable(List<ClassModel> models, Set<String> from) {
    Deque<Place> open = new ArrayDeque<>();
    for (ClassModel model : models) {
      model.methods().stream()
          .filter(
              method ->
                  from.contains(method.methodName().stringValue()) && method.code().isPresent())
          .forEach(method -> open.add(new Place(model, method)));
    }
    Set<Place> reached = new HashSet<>();
    while (!open.isEmpty()) {
      Place place = open.pop();
      if (!reached.add(place)) {
        continue;
      }
      for (var element : place.method().code().orElseThrow()) {
        if (element instanceof InvokeInstruction invoke && !invoke.name().equalsString("reserve")) {
          models.stream()
              .filter(model -> invoke.owner().asSymbol().equals(model.thisClass().asSymbol()))
              .forEach(
                  model ->
                      model.methods().stream()
                          .filter(
                              called ->
                                  called.methodName().equalsString(invoke.name().stringValue())
                                      && called
                                          .methodType()
                                          .equalsString(invoke.type().stringValue())
                                      && called.code().isPresent())
                          .forEach(called -> open.add(new Place(model, called))));
        }
      }
    }
    return reached;
  }

  private static void report(
      List<String> findings, ClassModel model, int line, String what, String why) {
    String file =
        model.thisClass().asSymbol().packageName().replace('.', '/')
            + "/"
            + model
                .elementStream()
                .filter(SourceFileAttribute.class::isInstance)
                .map(element -> ((SourceFileAttribute) element).sourceFile().stringValue())
                .findFirst()
                .orElse(model.thisClass().asSymbol().displayName());
    String origin = "";
    for (Path root : SOURCES) {
      Path source = root.resolve(file);
      if (Files.exists(source)) {
        if (excused(source, line)) {
          return;
        }
        origin = origin(source);
      }
    }
    findings.add("%n%s:%d%s: %s (%s)".formatted(file, line, origin, what, why));
  }

  /** The template that a source was made from, where it was. */
  private static String origin(Path source) {
    try (Stream<String> lines = Files.lines(source)) {
      return lines
          .limit(2)
          .filter(line -> line.endsWith(".ftl"))
          .map(line -> ", made from " + line.replaceFirst("^// ", ""))
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean excused(Path source, int line) {
    try {
      List<String> lines = Files.readAllLines(source);
      for (int at = Math.max(line - 1, 1); at <= Math.min(line, lines.size()); at++) {
        if (lines.get(at - 1).matches(".*// lint: .{10,}")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ClassModel> classes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<ClassModel> models = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).sorted().toList()) {
        models.add(ClassFile.of().parse(file));
      }
      assertThat(models).as("classes in %s", folder).isNotEmpty();
      return models;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
