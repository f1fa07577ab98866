package dev.patchgrad.reports.comparison;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;

/** The order of cells by their parameters: name by name, numbers by their size, and 9 before 10. */
enum ParamOrder implements Comparator<Map<String, String>> {
  /** The only one. */
  INSTANCE;

  @Override
  public int compare(Map<String, String> first, Map<String, String> other) {
    Iterator<Map.Entry<String, String>> others = other.entrySet().iterator();
    for (Map.Entry<String, String> mine : first.entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      Map.Entry<String, String> theirs = others.next();
      int order = mine.getKey().compareTo(theirs.getKey());
      order = order == 0 ? values(mine.getValue(), theirs.getValue()) : order;
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  /** Numbers before texts: in whatever way three values are compared, their order is the same. */
  private static int values(String first, String other) {
    boolean isNumber = isNumber(first);
    if (isNumber != isNumber(other)) {
      return isNumber ? -1 : 1;
    }
    int bySize =
        isNumber ? Double.compare(Double.parseDouble(first), Double.parseDouble(other)) : 0;
    return bySize == 0 ? first.compareTo(other) : bySize;
  }

  private static boolean isNumber(String text) {
    return text.matches("-?\\d{1,18}(\\.\\d{1,18})?");
  }
}
