package dev.patchgrad.guard.hygiene;

import dev.patchgrad.guard.VectorHygiene;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.opentest4j.AssertionFailedError;

/** What JUnit knows of the rules: a container for each annotation, with a test for each rule. */
final class HygieneDescriptors {
  private HygieneDescriptors() {}

  /** What an annotation asks for. */
  static final class Container extends AbstractTestDescriptor {
    private final Class<?> annotated;
    private final VectorHygiene asked;

    /**
     * Makes one without tests.
     *
     * @param annotated the class, or the package-info of the package
     */
    Container(UniqueId id, String name, Class<?> annotated, VectorHygiene asked) {
      super(id, name, ClassSource.from(annotated));
      this.annotated = annotated;
      this.asked = asked;
    }

    @Override
    public Type getType() {
      return Type.CONTAINER;
    }

    @Override
    public Set<TestTag> getTags() {
      return AnnotationSupport.findRepeatableAnnotations(annotated, Tag.class).stream()
          .map(tag -> TestTag.create(tag.value()))
          .collect(Collectors.toSet());
    }

    /**
     * Holds the classes to the rules.
     *
     * @throws AssertionFailedError if there is less vector code than there must be
     */
    HygieneRules.Result check() throws IOException, URISyntaxException {
      ClassBytes classes = new ClassBytes(annotated);
      for (Class<?> type : asked.classes()) {
        classes.add(type);
      }
      List<String> packages = List.of(asked.packages());
      if (packages.isEmpty() && asked.classes().length == 0) {
        packages = List.of(annotated.getPackageName());
      }
      for (String name : packages) {
        classes.add(name);
      }
      HygieneRules.Result result = HygieneRules.check(classes.found().values(), asked);
      if (result.methodsWithVectors() < asked.leastMethods()) {
        throw new AssertionFailedError(
            "@VectorHygiene of %s: %d classes, %d methods with vector code in %s; expected %d or more"
                .formatted(
                    annotated.getName(),
                    result.classes(),
                    result.methodsWithVectors(),
                    packages.isEmpty() ? "its classes" : String.join(", ", packages),
                    asked.leastMethods()));
      }
      return result;
    }
  }

  /** The test of a rule. */
  static final class RuleTest extends AbstractTestDescriptor {
    private final Rule rule;

    /** Makes one. */
    RuleTest(UniqueId id, Rule rule, Container parent) {
      super(id, rule.title(), parent.getSource().orElseThrow());
      this.rule = rule;
    }

    /** What it tests. */
    Rule rule() {
      return rule;
    }

    @Override
    public Type getType() {
      return Type.TEST;
    }
  }
}
