package dev.patchgrad.data;

import java.util.List;

/** Where elements go whose first index varies fastest in the file: in C order the last one does. */
final class FortranOrder {
  private final int[] lengths;

  /** How far apart in C order elements lie whose index differs by 1, of each axis. */
  private final int[] strides;

  /**
   * The order of an array.
   *
   * @param shape whose product an int holds
   */
  FortranOrder(List<Long> shape) {
    lengths = shape.stream().mapToInt(Math::toIntExact).toArray();
    strides = new int[lengths.length];
    int stride = 1;
    for (int axis = lengths.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= lengths[axis];
    }
  }

  /** With at most one axis that is longer than 1, both orders are one. */
  static boolean isOwn(List<Long> shape) {
    return shape.stream().filter(length -> length > 1).count() > 1;
  }

  /** Where in C order the element lies that is next in the file. */
  int target(int index) {
    int rest = index;
    int target = 0;
    for (int axis = 0; axis < lengths.length; axis++) {
      target += rest % lengths[axis] * strides[axis];
      rest /= lengths[axis];
    }
    return target;
  }
}
