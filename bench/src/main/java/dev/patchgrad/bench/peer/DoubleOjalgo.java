package dev.patchgrad.bench.peer;

import org.ojalgo.matrix.store.R064Store;

/**
 * ojAlgo's stores in double over the batch's own arrays: a row-major matrix is its transposed one.
 */
final class DoubleOjalgo extends DoublePeer {
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
    super(OjalgoPeers.NAME);
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
