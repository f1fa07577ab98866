package dev.patchgrad.bench.problem;

import dev.patchgrad.bench.launch.ForkFlags;
import dev.patchgrad.data.NpyBatch;
import dev.patchgrad.data.NpyHeader;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.reports.run.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/**
 * A user's own batch of patches: {@code x.npy} of shape (n, k, p), and {@code x.labels.npy} beside
 * it of shape (n), as NumPy writes them.
 *
 * @param patches file of the patches
 * @param header what the file says of them
 */
public record OwnBatch(Path patches, NpyHeader header) {
  /** Digits of the digest that are kept: two files of one name do not share them by accident. */
  private static final int DIGITS = 12;

  /**
   * A file of patches; its header alone is read.
   *
   * @param patches the file
   * @return the batch that it holds
   * @throws IllegalArgumentException if the file cannot be read or is no array (n, k, p) of float
   *     or double; the message names the file, what was found and what was expected
   */
  public static OwnBatch of(Path patches) {
    NpyHeader header =
        reading(
            patches,
            () -> {
              NpyHeader found = NpyHeader.read(patches);
              if (found.shape().size() != 3) {
                throw new IllegalArgumentException(
                    patches + ": shape " + found.shape() + " found; expected shape (n, k, p)");
              }
              return found;
            });
    return new OwnBatch(patches, header);
  }

  /**
   * The batch that a cell's parameter asks for.
   *
   * @param value of the parameter: an identity, of the file that the launcher tells in a system
   *     property; or, where there is no launcher, the file itself
   * @param properties of this JVM
   * @return the batch; empty where it is to be generated
   * @throws IllegalArgumentException as {@link #of(Path)} does
   */
  static Optional<OwnBatch> of(String value, Properties properties) {
    return value.equals(Result.GENERATED)
        ? Optional.empty()
        : Optional.of(of(Path.of(properties.getProperty(ForkFlags.DATA_PROPERTY, value))));
  }

  /**
   * Samples.
   *
   * @return n, at least 1
   * @throws IllegalArgumentException if the file has none, or more than an int counts
   */
  public int n() {
    return length(0, "n");
  }

  /**
   * Patches of a sample.
   *
   * @return k, at least 1
   * @throws IllegalArgumentException if the file has none, or more than an int counts
   */
  public int k() {
    return length(1, "k");
  }

  /**
   * Dimension of a patch.
   *
   * @return p, at least 1
   * @throws IllegalArgumentException if the file has none, or more than an int counts
   */
  public int p() {
    return length(2, "p");
  }

  private int length(int index, String name) {
    long length = header.shape().get(index);
    if (length < 1 || length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "data: "
              + patches
              + ": "
              + name
              + " = "
              + length
              + " found; expected 1 to "
              + Integer.MAX_VALUE);
    }
    return (int) length;
  }

  /**
   * The bytes of the file's patches that are held while they are converted; 0 where they are not.
   */
  double bytesBeside(Precision precision) {
    return precision == header.precision()
        ? 0
        : (double) n() * k() * p() * header.precision().bytes();
  }

  /**
   * Reads patches and labels.
   *
   * @param precision that they are converted to
   * @return the batch, row-major
   * @throws IllegalArgumentException if a file cannot be read, the two do not fit, or an element is
   *     not finite in this precision; the message names the file, what was found and what was
   *     expected
   */
  public PatchBatch read(Precision precision) {
    Path labels = NpyBatch.labelsOf(patches);
    PatchBatch batch = reading(labels, () -> NpyBatch.read(patches, labels));
    try {
      return converted(batch, precision);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "data: " + patches + " in " + precision.label() + ": " + e.getMessage(), e);
    }
  }

  private static PatchBatch converted(PatchBatch batch, Precision precision) {
    if (batch instanceof DoubleBatch doubles && precision == Precision.FLOAT) {
      return FloatBatch.wrap(floats(doubles.patches()), floats(doubles.labels()))
          .k(batch.k())
          .p(batch.p());
    }
    if (batch instanceof FloatBatch floats && precision == Precision.DOUBLE) {
      return DoubleBatch.wrap(doubles(floats.patches()), doubles(floats.labels()))
          .k(batch.k())
          .p(batch.p());
    }
    return batch;
  }

  private static float[] floats(double[] values) {
    float[] converted = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      converted[i] = (float) values[i];
    }
    return converted;
  }

  private static double[] doubles(float[] values) {
    double[] converted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      converted[i] = values[i];
    }
    return converted;
  }

  /**
   * What rows of this batch are recorded under: the file's name, and the beginning of the SHA-256
   * digest of patches and labels.
   *
   * @return such as {@code faces.npy@1f0a9b3c5d7e}
   * @throws IllegalArgumentException if a file cannot be read
   */
  public String identity() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
    add(patches, digest);
    add(NpyBatch.labelsOf(patches), digest);
    String digits = HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    return patches.getFileName() + "@" + digits;
  }

  private static void add(Path file, MessageDigest digest) {
    reading(
        file,
        () -> {
          try (InputStream stream = Files.newInputStream(file)) {
            byte[] block = new byte[1 << 16];
            for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
              digest.update(block, 0, read);
            }
          }
          return file;
        });
  }

  /**
   * Refuses files that changed since the launcher named them.
   *
   * @param recorded the parameter's value: the identity that the rows get
   * @throws IllegalStateException if it is not the files'
   */
  public void requireIdentity(String recorded) {
    if (recorded.equals(patches.toString())) {
      return; // no launcher named them
    }
    String now = identity();
    if (!now.equals(recorded)) {
      throw new IllegalStateException(
          "data: " + patches + " is now " + now + "; expected " + recorded + ", as the run began");
    }
  }

  /**
   * The share of gates that a student opens, over all patches of a batch.
   *
   * @param batch in any layout
   * @param student of the batch's k and p
   * @return 0 to 1
   */
  public static double openGates(PatchBatch batch, Student student) {
    double[] w = new double[batch.p()];
    student.filter(w);
    long open = 0;
    for (int i = 0; i < batch.n(); i++) {
      for (int j = 0; j < batch.k(); j++) {
        double dot = 0;
        for (int c = 0; c < batch.p(); c++) {
          dot += w[c] * batch.patch(i, j, c);
        }
        open += dot > 0 ? 1 : 0;
      }
    }
    return (double) open / ((long) batch.n() * batch.k());
  }

  private interface Read<T> {
    T get() throws IOException;
  }

  /** A refusal says which option the file came from, and a file that is missing is a refusal. */
  private static <T> T reading(Path file, Read<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("data: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      String missing = e.getFile();
      throw new IllegalArgumentException(
          "data: "
              + missing
              + " is not there; expected "
              + (missing.endsWith(".labels.npy")
                  ? "the labels (n,) beside the patches"
                  : "a file of patches (n, k, p) as numpy.save writes it"),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "data: " + file + " cannot be read: " + e + "; expected an .npy file", e);
    }
  }
}
