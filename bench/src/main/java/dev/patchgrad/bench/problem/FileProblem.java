package dev.patchgrad.bench.problem;

import dev.patchgrad.data.NpyBatch;
import dev.patchgrad.data.NpyWriter;
import dev.patchgrad.network.PatchBatch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of samples in a temporary folder, that is to be in the system's page cache: a generated
 * batch over and over, so that its gradient is the batch's.
 *
 * @param part the batch, which fills the level DRAM
 * @param parts how often the file has it, at least once
 */
public record FileProblem(GradientProblem part, int parts) {
  /**
   * Reads and checks a cell's parameters.
   *
   * @param params precision, p, k, kernel; size of the file, such as 4GiB
   * @return the problem
   * @throws BadParametersException with a line for each bad parameter
   */
  public static FileProblem check(Map<String, String> params) throws BadParametersException {
    MemoryLevel levels = MemoryLevel.of(System.getProperties());
    ParameterReader reader = new ParameterReader(params);
    long bytes = reader.check(() -> levels.bytes(reader.text("size")), 1L);
    if (reader.isSound()) {
      reader.check(() -> requireRoom(bytes), 0L);
    }
    reader.requireSound();
    Map<String, String> ofPart = new TreeMap<>(params);
    ofPart.put("level", Math.min(bytes, levels.bytes("DRAM")) + "B");
    GradientProblem part = GradientProblem.check(ofPart);
    return new FileProblem(part, (int) Math.max(1, bytes / bytes(part)));
  }

  private static long requireRoom(long bytes) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir", "."));
    long room;
    try {
      room = Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new IllegalArgumentException("size: " + folder + " cannot be asked for its room", e);
    }
    long most = room / 10 * 9;
    if (bytes > most) {
      throw new IllegalArgumentException(
          "size: %d MiB of file; expected at most %d MiB, nine tenths of the room in %s"
              .formatted(bytes >> 20, most >> 20, folder));
    }
    return bytes;
  }

  private static long bytes(GradientProblem part) {
    return (long) part.n() * part.k() * part.p() * part.precision().bytes();
  }

  /**
   * Bytes of the file's patches.
   *
   * @return a multiple of the batch's
   */
  public long bytes() {
    return parts * bytes(part);
  }

  /**
   * Samples of the file.
   *
   * @return n
   */
  public long n() {
    return (long) parts * part.n();
  }

  /**
   * Writes the file, and waits until the disk has it: nothing else then goes on beside a
   * measurement. What was written is in the page cache, where there is room.
   *
   * @return the file of patches, in a folder of its own
   * @throws IOException if it cannot be written
   */
  public Path write() throws IOException {
    Path file = Files.createTempDirectory("patchgrad").resolve("x.npy");
    PatchBatch batch = part.batch();
    try (NpyWriter writer = NpyWriter.create(file, n())) {
      for (int times = 0; times < parts; times++) {
        writer.add(batch);
      }
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return file;
  }

  /**
   * Deletes what {@link #write} wrote.
   *
   * @param file of patches
   * @throws IOException if it cannot be deleted
   */
  public static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(NpyBatch.labelsOf(file));
    Path folder = file.getParent();
    if (folder != null) {
      Files.deleteIfExists(folder);
    }
  }
}
