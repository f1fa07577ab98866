package dev.patchgrad.guard.hygiene;

import dev.patchgrad.guard.VectorExcuse;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which classes, methods and fields are excused by an annotation that gives a reason. */
final class Excuses {
  private static final int SHORTEST_REASON = 10;

  /** As javac names the body of a lambda. */
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

  private final Set<String> classes = new HashSet<>();

  /** The excused methods of each class. */
  private final Map<String, Set<String>> methods = new HashMap<>();

  /** Reads the annotations of all classes. */
  Excuses(Collection<ClassModel> models) {
    for (ClassModel model : models) {
      String name = model.thisClass().asInternalName();
      if (excuses(model)) {
        classes.add(name);
      }
      for (MethodModel method : model.methods()) {
        if (excuses(method)) {
          methods
              .computeIfAbsent(name, key -> new HashSet<>())
              .add(method.methodName().stringValue());
        }
      }
    }
  }

  /** Whether a class is, or one around it. */
  boolean covers(ClassModel model) {
    String name = model.thisClass().asInternalName();
    for (int end = name.length(); end > 0; end = name.lastIndexOf('$', end - 1)) {
      if (classes.contains(name.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a method is, by itself or as the lambda of one. */
  boolean covers(ClassModel model, MethodModel method) {
    Matcher lambda = LAMBDA.matcher(method.methodName().stringValue());
    return excuses(method)
        || (lambda.matches()
            && methods
                .getOrDefault(model.thisClass().asInternalName(), Set.of())
                .contains(lambda.group(1)));
  }

  /** Whether an annotation of an element excuses it. */
  static boolean excuses(AttributedElement element) {
    return annotations(element)
        .filter(Excuses::isExcuse)
        .flatMap(annotation -> annotation.elements().stream())
        .anyMatch(
            value ->
                value.value() instanceof AnnotationValue.OfString reason
                    && reason.stringValue().strip().length() >= SHORTEST_REASON);
  }

  /** Told by its simple name, so that code under test may declare one of its own. */
  private static boolean isExcuse(Annotation annotation) {
    String name = annotation.classSymbol().displayName();
    return name.substring(name.lastIndexOf('$') + 1).equals(VectorExcuse.class.getSimpleName());
  }

  private static Stream<Annotation> annotations(AttributedElement element) {
    return Stream.concat(
            element.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                .map(attribute -> attribute.annotations()),
            element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .map(attribute -> attribute.annotations()))
        .flatMap(List::stream);
  }
}
