package dev.patchgrad.bench.peer;

import org.ojalgo.matrix.store.${ojalgo};

/**
 * ojAlgo's stores in ${type} over the batch's own arrays: a row-major matrix is its transposed one.
 */
final class ${Type}Ojalgo extends ${Type}Peer {
  private ${ojalgo} patchColumns = ${ojalgo}.FACTORY.make(1, 1);
  private ${ojalgo} filterRow = ${ojalgo}.FACTORY.make(1, 1);
  private ${ojalgo} hiddenRow = ${ojalgo}.FACTORY.make(1, 1);
  private ${ojalgo} hiddenColumn = ${ojalgo}.FACTORY.make(1, 1);
  private ${ojalgo} hiddenColumns = ${ojalgo}.FACTORY.make(1, 1);
  private ${ojalgo} weightsRow = ${ojalgo}.FACTORY.make(1, 1);
  private ${ojalgo} residualsRow = ${ojalgo}.FACTORY.make(1, 1);
  private ${ojalgo} residualsColumn = ${ojalgo}.FACTORY.make(1, 1);
  private ${ojalgo} filterColumn = ${ojalgo}.FACTORY.make(1, 1);
  private ${ojalgo} weightsColumn = ${ojalgo}.FACTORY.make(1, 1);

  ${Type}Ojalgo() {
    super(OjalgoPeers.NAME);
  }

  @Override
  public String resolved() {
    return "ojAlgo ${ojalgo}";
  }

  @Override
  void bind() {
    patchColumns = ${ojalgo}.wrap(patches, w.length);
    filterRow = ${ojalgo}.wrap(w, 1);
    hiddenRow = ${ojalgo}.wrap(hidden, 1);
    hiddenColumn = ${ojalgo}.wrap(hidden, hidden.length);
    hiddenColumns = ${ojalgo}.wrap(hidden, a.length);
    weightsRow = ${ojalgo}.wrap(a, 1);
    residualsRow = ${ojalgo}.wrap(residuals, 1);
    residualsColumn = ${ojalgo}.wrap(residuals, residuals.length);
    filterColumn = ${ojalgo}.wrap(filterSum, w.length);
    weightsColumn = ${ojalgo}.wrap(weightSum, a.length);
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
