package dev.patchgrad.reports.page;

import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.Table;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The gradient suite of a run as comma-separated values (RFC 4180), a line a cell. */
final class RunCsv {
  private static final String HEAD =
      "precision,level,others,threads,p,k,kernel,forks,operations_per_second,samples_per_second,"
          + "flops_per_second,bytes_per_second,share_of_limit,fork_values\n";

  private RunCsv() {}

  static String of(Grid grid) {
    StringBuilder out = new StringBuilder(HEAD);
    for (Table table : grid.tables()) {
      for (Row row : table.rows()) {
        for (Cell cell : row.cells()) {
          String others =
              table.others().entrySet().stream()
                  .map(entry -> entry.getKey() + "=" + entry.getValue())
                  .collect(Collectors.joining(" "));
          out.append(quote(table.precision())).append(',').append(quote(table.level()));
          out.append(',').append(quote(others)).append(',').append(table.threads());
          out.append(',').append(row.p()).append(',').append(row.k());
          out.append(',').append(quote(cell.kernel()));
          out.append(',').append(cell.operations().count());
          out.append(',').append(cell.operations().median());
          out.append(',').append(cell.samplesPerSecond());
          out.append(',').append(cell.flopsPerSecond());
          out.append(',').append(cell.bytesPerSecond());
          out.append(',').append(text(cell.shareOfLimit())).append(',');
          out.append(
              cell.operations().values().stream()
                  .map(value -> Double.toString(value))
                  .collect(Collectors.joining(" ")));
          out.append('\n');
        }
      }
    }
    return out.toString();
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  private static String quote(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
