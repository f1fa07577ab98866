package dev.patchgrad.guard.hygiene;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.patchgrad.guard.VectorHygiene;
import dev.patchgrad.guard.hygiene.HygieneDescriptors.Container;
import dev.patchgrad.guard.hygiene.HygieneDescriptors.RuleTest;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/**
 * Finds what is annotated among what is selected: a class, or the package of any selected class.
 * Builds select classes, and a package has no other way to be run by them.
 */
final class HygieneResolver implements SelectorResolver {
  private static final String CLASS = "class";
  private static final String RULE = "rule";

  /** Whether a class asks for the rules, or its package does. */
  static boolean isAsked(Class<?> type) {
    return type.isAnnotationPresent(VectorHygiene.class) || packageOf(type).isPresent();
  }

  /** The annotated package-info of a class's package. */
  private static Optional<Class<?>> packageOf(Class<?> type) {
    Package own = type.getPackage();
    if (own == null || !own.isAnnotationPresent(VectorHygiene.class)) {
      return Optional.empty();
    }
    return ReflectionSupport.tryToLoadClass(
            type.getPackageName() + ".package-info", type.getClassLoader())
        .toOptional()
        .map(found -> found);
  }

  @Override
  public Resolution resolve(ClassSelector selector, Context context) {
    Class<?> type = selector.getJavaClass();
    Set<Match> matches = new LinkedHashSet<>();
    if (type.isAnnotationPresent(VectorHygiene.class)) {
      container(type, context).ifPresent(matches::add);
    }
    packageOf(type).flatMap(found -> container(found, context)).ifPresent(matches::add);
    return matches.isEmpty() ? Resolution.unresolved() : Resolution.matches(matches);
  }

  private static Optional<Match> container(Class<?> annotated, Context context) {
    boolean isPackage = annotated.getSimpleName().equals("package-info");
    VectorHygiene asked = annotated.getAnnotation(VectorHygiene.class);
    if (asked == null) {
      return Optional.empty();
    }
    return context
        .<Container>addToParent(
            parent -> {
              UniqueId id = parent.getUniqueId().append(CLASS, annotated.getName());
              return parent.getChildren().stream()
                  .filter(child -> child.getUniqueId().equals(id))
                  .map(Container.class::cast)
                  .findFirst()
                  .or(
                      () ->
                          Optional.of(
                              new Container(
                                  id,
                                  isPackage
                                      ? annotated.getPackageName()
                                      : annotated.getSimpleName(),
                                  annotated,
                                  asked)));
            })
        .map(container -> Match.exact(container, () -> rules(container)));
  }

  private static Set<? extends DiscoverySelector> rules(Container container) {
    return Arrays.stream(Rule.values())
        .map(rule -> selectUniqueId(container.getUniqueId().append(RULE, rule.name())))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public Resolution resolve(UniqueIdSelector selector, Context context) {
    UniqueId id = selector.getUniqueId();
    UniqueId.Segment last = id.getLastSegment();
    if (last.getType().equals(RULE)) {
      Rule rule = Rule.valueOf(last.getValue());
      return context
          .<RuleTest>addToParent(
              () -> selectUniqueId(id.removeLastSegment()),
              parent ->
                  parent instanceof Container container
                      ? Optional.of(new RuleTest(id, rule, container))
                      : Optional.empty())
          .map(test -> Resolution.match(Match.exact(test)))
          .orElseGet(Resolution::unresolved);
    }
    if (last.getType().equals(CLASS)) {
      return ReflectionSupport.tryToLoadClass(last.getValue())
          .toOptional()
          .flatMap(type -> container(type, context))
          .map(Resolution::match)
          .orElseGet(Resolution::unresolved);
    }
    return Resolution.unresolved();
  }
}
