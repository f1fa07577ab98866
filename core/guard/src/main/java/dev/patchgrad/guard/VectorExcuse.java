package dev.patchgrad.guard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Excuses what {@link VectorHygiene} finds in a class, method or field, for a reason.
 *
 * <p>A method is excused together with its lambdas, a class with all that is in it. An excused
 * method that a vector crosses must still be small enough to be inlined.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface VectorExcuse {
  /** {@return the reason, in at least ten characters: why it is no fault here} */
  String value();
}
