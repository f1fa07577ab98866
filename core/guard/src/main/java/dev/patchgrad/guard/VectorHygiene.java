package dev.patchgrad.guard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.commons.annotation.Testable;

/**
 * The byte code of some classes keeps vectors in registers.
 *
 * <p>It stands on a class of the tests, which need not have a method, or on a package of them. The
 * rules are tests of their own, each with its findings: file, line, what was found, and why it
 * matters.
 *
 * <ul>
 *   <li>No vector, mask, shuffle or species crosses a method.
 *   <li>Species, masks and shuffles are static final.
 *   <li>No vector lies in a field, an array or a collection.
 *   <li>No lambda captures a vector.
 *   <li>Methods of vector code are small enough for C2.
 * </ul>
 *
 * <p>{@link VectorExcuse} excuses a class, method or field. The code under test need not depend on
 * this library for that: an annotation of its own with that simple name does as well.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Testable
public @interface VectorHygiene {
  /**
   * {@return packages whose classes are held to the rules, with the packages below them} Classes
   * that lie where the tests lie are left out. Where neither packages nor {@link #classes} are
   * given, it is the package of the annotated class.
   */
  String[] packages() default {};

  /** {@return classes that are held to the rules, with their nested classes, wherever they lie} */
  Class<?>[] classes() default {};

  /**
   * {@return the most bytes of byte code that a method with vector code may have} C2 does not
   * compile a method of more than 8000 (HugeMethodLimit), and long before that it spills registers
   * and takes seconds.
   */
  int largestMethod() default 2000;

  /**
   * {@return the most bytes of byte code that an excused method may have where a vector crosses it}
   * C2 inlines no larger one, however hot (FreqInlineSize).
   */
  int largestInlined() default 325;

  /**
   * {@return how many methods with vector code must be there at least: a package that was renamed
   * would otherwise be clean for ever}
   */
  int leastMethods() default 1;
}
