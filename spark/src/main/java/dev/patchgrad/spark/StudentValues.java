package dev.patchgrad.spark;

import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;

/**
 * A student as it travels.
 *
 * @param parametrisation of it
 * @param v [p], copied when it is made and when it is read
 * @param a [k], likewise
 */
@SuppressWarnings("ArrayRecordComponent") // a message: nobody compares it
record StudentValues(Parametrisation parametrisation, double[] v, double[] a)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** Copies of students, in their order. */
  static StudentValues[] of(List<Student> students) {
    return students.stream()
        .map(
            student ->
                new StudentValues(
                    student.parametrisation(), student.v().clone(), student.a().clone()))
        .toArray(StudentValues[]::new);
  }

  /** The students again. */
  static List<Student> students(StudentValues[] values) {
    return List.of(values).stream()
        .map(
            each ->
                each.parametrisation == Parametrisation.PLAIN
                    ? Student.plain(each.v, each.a)
                    : Student.weightNormalised(each.v, each.a))
        .toList();
  }
}
