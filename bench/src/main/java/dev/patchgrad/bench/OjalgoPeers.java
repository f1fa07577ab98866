package dev.patchgrad.bench;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.network.Precision;
import org.ojalgo.matrix.store.R032Store;
import org.ojalgo.matrix.store.R064Store;

/**
 * The gradient by ojAlgo's matrices over the batch's own arrays, made once for a batch. Its stores
 * are column-major, so a row-major [n k][p] is its matrix of p rows; products of two stores take
 * its shortest path.
 */
final class OjalgoPeers {
  static final String NAME = "ojalgo";

  private OjalgoPeers() {}

  /** ojAlgo's stores of a precision. */
  static GradientKernel create(Precision precision) {
    return switch (precision) {
      case DOUBLE -> new DoubleOjalgo();
      case FLOAT -> new FloatOjalgo();
    };
  }

  private static final class DoubleOjalgo extends DoublePeer {
    private R064Store patchColumns = R064Store.FACTORY.make(1, 1);
    private R064Store filterRow = R064Store.FACTORY.make(1, 1);
    private R064Store hiddenRow = R064Store.FACTORY.make(1, 1);
    private R064Store hiddenColumn = R064Store.FACTORY.make(1, 1);
    private R064Store hiddenColumns = R064Store.FACTORY.make(1, 1);
    private R064Store weightsRow = R064Store.FACTORY.make(1, 1);
    private R064Store residualsRow = R064Store.FACTORY.make(1, 1);
    private R064Store residualsColumn = R064Store.FACTORY.make(1, 1);
    private R064Store filterColumn = R064Store.FACTORY.make(1, 1);
    private R064Store weightsColumn = R064Store.FACTORY.make(1, 1);

    DoubleOjalgo() {
      super(NAME);
    }

    @Override
    public String resolved() {
      return "ojAlgo R064Store";
    }

    @Override
    void bind() {
      patchColumns = R064Store.wrap(patches, w.length);
      filterRow = R064Store.wrap(w, 1);
      hiddenRow = R064Store.wrap(hidden, 1);
      hiddenColumn = R064Store.wrap(hidden, hidden.length);
      hiddenColumns = R064Store.wrap(hidden, a.length);
      weightsRow = R064Store.wrap(a, 1);
      residualsRow = R064Store.wrap(residuals, 1);
      residualsColumn = R064Store.wrap(residuals, residuals.length);
      filterColumn = R064Store.wrap(filterSum, w.length);
      weightsColumn = R064Store.wrap(weightSum, a.length);
    }

    @Override
    void multiplyPatches() {
      hiddenRow.fillByMultiplying(filterRow, patchColumns);
    }

    @Override
    void multiplyHidden() {
      residualsRow.fillByMultiplying(weightsRow, hiddenColumns);
    }

    @Override
    void sumWeights() {
      weightsColumn.fillByMultiplying(hiddenColumns, residualsColumn);
    }

    @Override
    void sumFilter() {
      filterColumn.fillByMultiplying(patchColumns, hiddenColumn);
    }
  }

  private static final class FloatOjalgo extends FloatPeer {
    private R032Store patchColumns = R032Store.FACTORY.make(1, 1);
    private R032Store filterRow = R032Store.FACTORY.make(1, 1);
    private R032Store hiddenRow = R032Store.FACTORY.make(1, 1);
    private R032Store hiddenColumn = R032Store.FACTORY.make(1, 1);
    private R032Store hiddenColumns = R032Store.FACTORY.make(1, 1);
    private R032Store weightsRow = R032Store.FACTORY.make(1, 1);
    private R032Store residualsRow = R032Store.FACTORY.make(1, 1);
    private R032Store residualsColumn = R032Store.FACTORY.make(1, 1);
    private R032Store filterColumn = R032Store.FACTORY.make(1, 1);
    private R032Store weightsColumn = R032Store.FACTORY.make(1, 1);

    FloatOjalgo() {
      super(NAME);
    }

    @Override
    public String resolved() {
      return "ojAlgo R032Store";
    }

    @Override
    void bind() {
      patchColumns = R032Store.wrap(patches, w.length);
      filterRow = R032Store.wrap(w, 1);
      hiddenRow = R032Store.wrap(hidden, 1);
      hiddenColumn = R032Store.wrap(hidden, hidden.length);
      hiddenColumns = R032Store.wrap(hidden, a.length);
      weightsRow = R032Store.wrap(a, 1);
      residualsRow = R032Store.wrap(residuals, 1);
      residualsColumn = R032Store.wrap(residuals, residuals.length);
      filterColumn = R032Store.wrap(filterSum, w.length);
      weightsColumn = R032Store.wrap(weightSum, a.length);
    }

    @Override
    void multiplyPatches() {
      hiddenRow.fillByMultiplying(filterRow, patchColumns);
    }

    @Override
    void multiplyHidden() {
      residualsRow.fillByMultiplying(weightsRow, hiddenColumns);
    }

    @Override
    void sumWeights() {
      weightsColumn.fillByMultiplying(hiddenColumns, residualsColumn);
    }

    @Override
    void sumFilter() {
      filterColumn.fillByMultiplying(patchColumns, hiddenColumn);
    }
  }
}
