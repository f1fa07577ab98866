package dev.patchgrad.kernel;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.List;

/**
 * As many students side by side as two vectors have lanes, in one pass over row-major patches; the
 * last ones in a pass of their own over tiles of half the width, or a quarter of it, where they
 * fit: lanes without a student cost as much as the others.
 */
final class ${Type}StudentsKernel extends AbstractStudentsKernel {
  static final String NAME = "students";

  private static final int WHOLE = ${Type}StudentTiles.WIDTH;
  private static final int HALF = ${Type}HalfStudentTiles.WIDTH;
  private static final int QUARTER = ${Type}QuarterStudentTiles.WIDTH;

  /** Vectors of 64 bits are no instructions of most processors. */
  private static final boolean QUARTERS = ${Type}HalfStudentTiles.SPECIES.vectorBitSize() > 128;

  /**
   * Half of a tile in two vectors of half the width. On a Zen 4 (AVX-512, 2026-11-27, paired rounds,
   * Z in L2) that takes 0.75 to 0.94 of the time of one whole vector at p = 64 and 512.
   */
  private static final boolean PAIRS = ${Type}HalfStudentTiles.SPECIES.vectorBitSize() == 512;

  private final ${Type}StudentsPass whole;
  private final ${Type}HalfStudentsPass half;
  private final ${Type}PairStudentsPass pair;
  private final ${Type}QuarterStudentsPass quarter;

  ${Type}StudentsKernel() {
    this(${Type}StudentTiles.SPECIES.vectorBitSize() > 256);
  }

  /**
   * A kernel that takes the machine to have few or many registers, whatever it has.
   *
   * @param manyRegisters whether there are the 32 of AVX-512, else 16
   */
  ${Type}StudentsKernel(boolean manyRegisters) {
    super(NAME, Precision.${TYPE}, Layout.ROW_MAJOR);
    whole = new ${Type}StudentsPass(manyRegisters);
    half = new ${Type}HalfStudentsPass(manyRegisters);
    pair = new ${Type}PairStudentsPass(manyRegisters);
    quarter = new ${Type}QuarterStudentsPass(manyRegisters);
  }

  /** The lanes that are computed for so many students: those of whole tiles, and of the last one. */
  static int lanes(int students) {
    int rest = students % WHOLE;
    return students - rest + lanesOfRest(rest);
  }

  private static int lanesOfRest(int rest) {
    if (rest == 0 || rest > HALF) {
      return rest == 0 ? 0 : WHOLE;
    }
    return QUARTERS && rest <= QUARTER ? QUARTER : HALF;
  }

  @Override
  public String resolved() {
    return WHOLE
        + " students at a time, "
        + ${Type}StudentTiles.LANES
        + " lanes of "
        + ${Type}StudentTiles.SPECIES.elementSize()
        + " bits";
  }

  @Override
  void evaluateChecked(
      PatchBatch batch, List<Student> students, double[] norms, List<Gradient> out) {
    int size = students.size();
    int rest = size % WHOLE;
    int last = lanesOfRest(rest);
    int first = last == WHOLE ? size : size - rest;
    if (first > 0) {
      whole.evaluate(batch, students, norms, out, 0, first);
    }
    if (first == size) {
      return;
    }
    if (last == HALF && PAIRS) {
      pair.evaluate(batch, students, norms, out, first, rest);
    } else if (last == HALF) {
      half.evaluate(batch, students, norms, out, first, rest);
    } else {
      quarter.evaluate(batch, students, norms, out, first, rest);
    }
  }
}
