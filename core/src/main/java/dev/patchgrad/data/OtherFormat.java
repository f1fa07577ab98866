package dev.patchgrad.data;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Recognises what a file is that was taken for an .npy file, and says how to get one. */
final class OtherFormat {
  /** By the first bytes of a file, as ISO 8859-1. */
  private static final Map<String, String> BY_START = byStart();

  private OtherFormat() {}

  private static Map<String, String> byStart() {
    Map<String, String> formats = new LinkedHashMap<>();
    formats.put(
        "PK\3\4",
        "a zip archive, such as an .npz file (numpy.save('NEW.npy', numpy.load(FILE)[NAME]) unpacks"
            + " an array)");
    formats.put("\u001f\u008b", "a file compressed by gzip (gunzip FILE)");
    formats.put("version ", "a pointer of Git LFS (git lfs pull)");
    formats.put("\u0089HDF", "an HDF5 file");
    formats.put("MATLAB", "a MATLAB file");
    return formats;
  }

  /**
   * What a file is, by its first bytes.
   *
   * @param start at least eight bytes
   * @return in words
   */
  static String of(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> format : BY_START.entrySet()) {
      if (text.startsWith(format.getKey())) {
        return format.getValue();
      }
    }
    return text.chars().allMatch(c -> c == '\t' || c == '\n' || c == '\r' || (c >= 32 && c < 127))
        ? "text, such as CSV (numpy.save(FILE, numpy.loadtxt(…)) writes an array)"
        : "a file whose first bytes are not those of NumPy's format";
  }
}
