<#include "/macros.ftl">
package dev.patchgrad.network;

import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes ${type} matrices in tiles of four rows by four columns, which vector registers hold.
 *
 * <p>Four whatever the lanes of a layout: 2, 4, 8 and 16 lanes then share one method. Tiles of
 * eight by eight were 0.8 times as fast in float (Zen 3, 2026-11-24, paired rounds in L2). It is
 * loaded where there is a Vector API alone.
 */
final class ${Type}Tiles {
  /** Rows and columns of a tile. */
  static final int SIZE = 4;

  private static final VectorSpecies<${Type}> SPECIES =
      VectorSpecies.of(${type}.class, VectorShape.forBitSize(SIZE * ${Type}.SIZE));

  /**
   * The class that vectors of the species have. C2 knows the class of a vector that is cast to it,
   * whatever vectors of other widths this JVM has stored before.
   */
  private static final Class<? extends ${Type}Vector> VECTOR =
      SPECIES.vectorType().asSubclass(${Type}Vector.class);

  private static final VectorShuffle<${Type}> NEIGHBOURS =
      VectorShuffle.fromOp(SPECIES, lane -> lane ^ 1);
  private static final VectorShuffle<${Type}> HALVES =
      VectorShuffle.fromOp(SPECIES, lane -> lane ^ 2);
  private static final VectorMask<${Type}> ODD = VectorMask.fromLong(SPECIES, 0b1010);
  private static final VectorMask<${Type}> UPPER = VectorMask.fromLong(SPECIES, 0b1100);

  private ${Type}Tiles() {}

  /** Whether this machine's registers hold four elements. */
  static boolean fitRegisters() {
    return ${Type}Vector.SPECIES_PREFERRED.length() >= SIZE;
  }

  /**
   * Writes the columns of some rows as rows.
   *
   * @param from [rows][columns], a row each {@code stride} elements
   * @param at first element
   * @param rows a multiple of four
   * @param columns a multiple of four
   * @param to [columns][rows], a row each {@code toStride} elements
   * @param toAt first element
   */
  static void transpose(
      ${type}[] from,
      int at,
      int stride,
      int rows,
      int columns,
      ${type}[] to,
      int toAt,
      int toStride) {
    for (int row = 0; row < rows; row += SIZE) {
      int source = at + row * stride;
      int target = toAt + row;
      for (int c = 0; c < columns; c += SIZE) {
<#list 0..3 as row>
        var r${row} = ${Type}Vector.fromArray(SPECIES, from, source${plus(row, "stride")} + c);
</#list>
        // First within pairs of lanes, then between the halves. One shuffle and one blend each: a
        // shuffle of two vectors is two and a blend on AVX2.
<#list ["01", "23"] as pair>
        var even${pair} = r${pair[0]}.blend(r${pair[1]}.rearrange(NEIGHBOURS), ODD);
        var odd${pair} = r${pair[0]}.rearrange(NEIGHBOURS).blend(r${pair[1]}, ODD);
</#list>
        int tile = target + c * toStride;
<#list 0..1 as row>
        VECTOR
            .cast(${turn(row)}01.blend(${turn(row)}23.rearrange(HALVES), UPPER))
            .intoArray(to, tile${plus(row, "toStride")});
</#list>
<#list 2..3 as row>
        VECTOR
            .cast(${turn(row)}01.rearrange(HALVES).blend(${turn(row)}23, UPPER))
            .intoArray(to, tile${plus(row, "toStride")});
</#list>
      }
    }
  }
}
